package io.drawbridge.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.config.ChangesConfig;
import io.drawbridge.permission.Subject;
import io.drawbridge.permission.TokenVerifier;
import io.drawbridge.permission.TokenVerifier.Verification;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdminApiTest {

  private static final String PLUGINS = "/admin/api/plugins";
  private static final String CAROL = "Bearer carols";

  @TempDir Path folder;
  private final Recorded recorded = new Recorded();
  private String clientAddress = "127.0.0.1";
  private OpsServer server;

  @BeforeEach
  void start() {
    Map<String, Verification> tokens =
        Map.of(
            "carols", new Verification.Accepted(subject("carol", "drawbridge:admin")),
            "alices", new Verification.Accepted(subject("alice", "chat:read")));
    TokenVerifier verifier =
        token ->
            Future.succeededFuture(
                tokens.getOrDefault(token, new Verification.Refused(false, "the token is forged")));
    Neighbourhood loopback = new Neighbourhood(any -> clientAddress, "127.0.0.1"::equals);
    Vertx vertx = Vertx.vertx();
    Uploads uploads =
        new Uploads(vertx, folder, 1_000, new ChangesConfig(16, 4, 4, 5), 5, (request, time) -> {});
    PluginOperations noPlugins =
        new PluginOperations(
            List::of,
            (jar, options) -> Future.failedFuture("nobody deploys here"),
            (id, by) -> Future.failedFuture("nor undeploys"),
            Map.of());
    AuditLog audit = new AuditLog(recorded.logger(), 100);
    server =
        new OpsServer(vertx, List.of(new AdminApi(loopback, verifier, audit, noPlugins, uploads)));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void listsPluginsForAnAdministrator() throws Exception {
    var answer = server.get(PLUGINS, "Authorization", CAROL);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("[]");
    assertThat(recorded.lines())
        .containsExactly(
            "admin call subject=carol remote=127.0.0.1 path=GET /admin/api/plugins status=200");
  }

  @Test
  void refusesASubjectWithoutTheAuthority() throws Exception {
    var answer = server.get(PLUGINS, "Authorization", "Bearer alices");

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("drawbridge:admin");
    assertThat(recorded.lines())
        .containsExactly(
            "admin call subject=alice remote=127.0.0.1 path=GET /admin/api/plugins status=403");
  }

  @Test
  void refusesAnotherNetworkWhateverTheToken() throws Exception {
    clientAddress = "198.51.100.9";

    var answer = server.get(PLUGINS, "Authorization", CAROL);

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("admin.from");
  }

  @Test
  void refusesAForeignPage() throws Exception {
    var answer = server.get(PLUGINS, "Authorization", CAROL, "Origin", "https://evil.example");

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.headers().map()).doesNotContainKey("access-control-allow-origin");
  }

  @Test
  void takesACallFromAPageOfItsOwn() throws Exception {
    var answer = server.get(PLUGINS, "Authorization", CAROL, "Origin", server.url());

    assertThat(answer.statusCode()).isEqualTo(200);
  }

  @Test
  void aCookieIsNoToken() throws Exception {
    var answer = server.get(PLUGINS, "Cookie", "token=carols");

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("www-authenticate")).contains("Bearer");
  }

  @Test
  void refusesAForgedTokenWithoutRepeatingIt() throws Exception {
    var answer = server.get(PLUGINS, "Authorization", "Bearer forged-by-mallory");

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body()).isEqualTo("{\"error\":\"the token is forged\"}");
    assertThat(recorded.lines().toString()).doesNotContain("forged-by-mallory");
  }

  @Test
  void saysThatACallDoesNotExistOnlyToAdministrators() throws Exception {
    assertThat(server.get("/admin/api/secrets").statusCode()).isEqualTo(401);
    assertThat(server.get("/admin/api/secrets", "Authorization", CAROL).statusCode())
        .isEqualTo(404);
  }

  private static Subject subject(String name, String authority) {
    return new Subject(name, Set.of(authority), Map.of(), Instant.MAX);
  }
}
