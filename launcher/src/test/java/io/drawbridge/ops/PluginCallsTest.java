package io.drawbridge.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.config.ChangesConfig;
import io.drawbridge.permission.Subject;
import io.drawbridge.permission.TokenVerifier.Verification;
import io.drawbridge.pluginhost.PluginStatus;
import io.drawbridge.pluginhost.contract.PluginException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PluginCallsTest {

  private static final String PLUGINS = "/admin/api/plugins";
  private static final int JAR_BYTES = 500_000;
  private static final String PART =
      "--XX\r\nContent-Disposition: form-data; name=\"%s\"; filename=\"%s\"\r\n"
          + "Content-Type: application/java-archive\r\n\r\n%s\r\n";
  private static final String END = "--XX--\r\n";

  @TempDir Path data;
  private final Recorded recorded = new Recorded();
  private final FakePlugins plugins = new FakePlugins();
  private Path uploads;
  private OpsServer server;

  @BeforeEach
  void start() {
    Vertx vertx = Vertx.vertx();
    uploads = data.resolve("uploads");
    var carol = new Subject("carol", Set.of("drawbridge:admin"), Map.of(), Instant.MAX);
    server =
        new OpsServer(
            vertx,
            List.of(
                new AdminApi(
                    new Neighbourhood(any -> "127.0.0.1", any -> true),
                    token ->
                        Future.succeededFuture(
                            token.equals("carols")
                                ? new Verification.Accepted(carol)
                                : new Verification.Refused(false, "the token is forged")),
                    new AuditLog(recorded.logger(), 100),
                    plugins.operations(),
                    new Uploads(
                        vertx,
                        uploads,
                        JAR_BYTES,
                        new ChangesConfig(16, 4, 4, 1),
                        1,
                        (any, time) -> {}))));
  }

  @AfterEach
  void nothingOfAnUploadStays() {
    until(() -> left().isEmpty());
    server.close();
  }

  private List<Path> left() {
    if (!Files.exists(uploads)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(uploads)) {
      return files.toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void until(BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!condition.getAsBoolean() && System.nanoTime() < end) {
      LockSupport.parkNanos(5_000_000);
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }

  private HttpResponse<String> call(String method, String path) throws Exception {
    return server.send(
        HttpRequest.newBuilder(URI.create(server.url() + path))
            .method(method, BodyPublishers.noBody())
            .header("Authorization", "Bearer carols"));
  }

  private HttpResponse<String> upload(String query, String body) throws Exception {
    return upload(query, "multipart/form-data; boundary=XX", body, "carols");
  }

  private HttpResponse<String> upload(String query, String type, String body, String token)
      throws Exception {
    return server.send(
        HttpRequest.newBuilder(URI.create(server.url() + PLUGINS + query))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", type)
            .POST(BodyPublishers.ofString(body, StandardCharsets.ISO_8859_1)));
  }

  private static String part(String name, String file, String bytes) {
    return PART.formatted(name, file, bytes);
  }

  @Test
  void aJarIsHandedOverByteForByteAndTheAnswerIsWhatRuns() throws Exception {
    String bytes = "PK\u0003\u0004\u0000\u00ff\r\n--X\r\n".repeat(10_000);

    var answer = upload("", part("plugin", "greet-1.1.0.jar", bytes) + END);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonObject told = new JsonObject(answer.body());
    assertThat(((JsonObject) told.remove("was")).getString("version")).isEqualTo("1.0.0");
    assertThat(told)
        .isEqualTo(
            new JsonObject(
                """
                {"id": "greet", "version": "1.1.0", "state": "running", "generation": 2,
                 "addresses": ["greet.hello"], "previous": "1.0.0", "error": null, "leaked": 1,
                 "sha256": "ab12", "swap": "hot", "canary": {"version": "2.0.0", "percent": 10},
                 "probation": {"calls": 3, "needed": 50, "secondsLeft": 40}}
                """));
    assertThat(plugins.deployed).isEqualTo(bytes.getBytes(StandardCharsets.ISO_8859_1));
    assertThat(plugins.asked)
        .containsExactly(
            "deploy greet-1.1.0.jar DeployOptions[canaryPercent=0, force=false, by=carol]");
  }

  @Test
  void aCanaryAndAForcedChangeAreAskedFor() throws Exception {
    upload("?canary=10&force=true", part("plugin", "greet.jar", "x") + END);

    assertThat(plugins.asked)
        .containsExactly("deploy greet.jar DeployOptions[canaryPercent=10, force=true, by=carol]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"canary=0", "canary=100", "canary=-1", "canary=ten", "canary=", "canary=1.5"})
  void aWrongCanaryIsRefused(String query) throws Exception {
    var answer = upload("?" + query, part("plugin", "greet.jar", "x") + END);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("canary must be a whole number from 1 to 99");
    assertThat(plugins.asked).isEmpty();
  }

  @Test
  void aParameterThatIsNoneIsNamed() throws Exception {
    assertThat(upload("?canry=5", part("plugin", "greet.jar", "x") + END).body())
        .contains("canry is no parameter here");
    assertThat(upload("?force=yes", part("plugin", "greet.jar", "x") + END).body())
        .contains("force must be true or false");
  }

  @Test
  void aNameLeadsNowhere() throws Exception {
    upload("", part("plugin", "../../etc/pass wd.jar", "x") + END);
    upload("", part("plugin", ".jar", "x") + END);

    assertThat(plugins.asked.get(0)).startsWith("deploy pass_wd.jar ");
    assertThat(plugins.asked.get(1)).startsWith("deploy plugin.jar ");
  }

  @Test
  void whatIsLargerThanAPluginMayBeIsRefusedBeforeAndAfterItCame() throws Exception {
    for (int size : new int[] {JAR_BYTES + 1, 4 * JAR_BYTES}) {
      var answer = upload("", part("plugin", "greet.jar", "x".repeat(size)) + END);

      assertThat(answer.statusCode()).isEqualTo(413);
      assertThat(answer.body()).contains("larger than 500000 bytes").contains("plugins.jarBytes");
    }
    assertThat(plugins.asked).isEmpty();
  }

  @Test
  void everyBodyThatIsNotOneJarIsRefusedWithTheReason() throws Exception {
    String jar = part("plugin", "greet.jar", "x");
    String field = "--XX\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\nx\r\n";

    assertRefused(upload("", END), "there is no part named plugin");
    assertRefused(upload("", ""), "half way");
    assertRefused(upload("", jar + jar + END), "there is a second part named plugin");
    assertRefused(upload("", part("jar", "greet.jar", "x") + END), "must be named plugin, not jar");
    assertRefused(upload("", field.formatted("plugin") + END), "as a file");
    assertRefused(upload("", jar + field.formatted("by") + END), "nothing but the part plugin");
    assertRefused(upload("", jar.substring(0, jar.length() - 2)), "the body stops half way");
    assertRefused(upload("", "PK no multipart at all"), "half way");
  }

  private void assertRefused(HttpResponse<String> answer, String reason) {
    assertThat(answer.body()).contains(reason);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(plugins.asked).isEmpty();
  }

  @Test
  void anotherContentTypeIsRefused() throws Exception {
    var answer = upload("", "application/java-archive", "PK", "carols");

    assertThat(answer.statusCode()).isEqualTo(415);
    assertThat(recorded.lines().get(1))
        .startsWith("plugin change refused: deploy subject=carol")
        .contains("multipart/form-data");
    assertThat(answer.body()).contains("multipart/form-data").contains("plugin");
  }

  @Test
  void nobodyWithoutTheTokenUploadsAnythingAndHearsWhy() throws Exception {
    var body = part("plugin", "greet.jar", "x".repeat(400_000)) + END;

    var answer = upload("", "multipart/form-data; boundary=XX", body, "forged");

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(uploads).doesNotExist();
  }

  @Test
  void aBodyThatDoesNotComeIsAnsweredInTime() throws Exception {
    try (Socket socket = open(1_000)) {
      socket.getOutputStream().write(part("plugin", "greet.jar", "x").getBytes());

      assertThat(new String(socket.getInputStream().readNBytes(12))).isEqualTo("HTTP/1.1 408");
    }
  }

  @Test
  void aClientThatLeavesHalfWayLeavesNothing() throws Exception {
    try (Socket socket = open(100_000)) {
      socket.getOutputStream().write(part("plugin", "greet.jar", "x".repeat(5_000)).getBytes());
      until(() -> !left().isEmpty());
    }
    assertThat(plugins.asked).isEmpty();
  }

  private Socket open(int length) throws IOException {
    URI url = URI.create(server.url());
    Socket socket = new Socket(url.getHost(), url.getPort());
    socket.setSoTimeout(10_000);
    String head =
        "POST %s HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer carols\r\nContent-Length: %d\r\n"
            + "Content-Type: multipart/form-data; boundary=XX\r\n\r\n";
    socket.getOutputStream().write(head.formatted(PLUGINS, length).getBytes());
    return socket;
  }

  @Test
  void curlIsToldToGoOn() throws Exception {
    var answer =
        server.send(
            HttpRequest.newBuilder(URI.create(server.url() + PLUGINS))
                .expectContinue(true)
                .header("Authorization", "Bearer carols")
                .header("Content-Type", "multipart/form-data; boundary=XX")
                .POST(BodyPublishers.ofString(part("plugin", "greet.jar", "x") + END)));

    assertThat(answer.statusCode()).isEqualTo(200);
  }

  @Test
  void aPluginThatIsRefusedForTheMomentIsA409() throws Exception {
    plugins.outcome =
        Future.failedFuture(
            new PluginException("plugin greet", "", "is trying a canary", "Abort it").passing());

    var answer = upload("", part("plugin", "greet.jar", "x") + END);

    assertThat(answer.statusCode()).isEqualTo(409);
  }

  @Test
  void aPluginThatIsRefusedIsA422WithTheHostsWords() throws Exception {
    plugins.outcome =
        Future.failedFuture(new PluginException("greet.jar", "", "is no jar", "Build it anew"));

    var answer = upload("", part("plugin", "greet.jar", "x") + END);

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(new JsonObject(answer.body()).getString("error"))
        .isEqualTo("greet.jar: is no jar. Build it anew");
  }

  @Test
  void whatTakesTooLongIsAnsweredAndGoesOn() throws Exception {
    Promise<PluginStatus> slow = Promise.promise();
    plugins.outcome = slow.future();

    var answer = upload("", part("plugin", "greet.jar", "x") + END);

    assertThat(answer.statusCode()).isEqualTo(504);
    assertThat(answer.body()).contains("goes on: look at the listing");
    assertThat(left()).as("the jar is there as long as the host may read it").hasSize(1);
    slow.complete(FakePlugins.running("greet", "1.1.0"));
  }

  @Test
  void everyChangeIsAskedOfTheHostWithItsSubject() throws Exception {
    for (String change : List.of("rollback", "promote", "abort", "lift")) {
      var answer = call("POST", PLUGINS + "/greet/" + change);

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(new JsonObject(answer.body()).getString("id")).isEqualTo("greet");
    }
    assertThat(call("DELETE", PLUGINS + "/greet").statusCode()).isEqualTo(200);
    assertThat(plugins.asked)
        .containsExactly(
            "rollback greet by carol",
            "promote greet by carol",
            "abort greet by carol",
            "lift greet by carol",
            "undeploy greet by carol");
  }

  @Test
  void anUnknownPluginOrChangeIs404() throws Exception {
    assertThat(call("DELETE", PLUGINS + "/gret").statusCode()).isEqualTo(404);
    assertThat(call("DELETE", PLUGINS + "/gret").body()).contains("plugin gret: is unknown here");
    assertThat(call("POST", PLUGINS + "/greet/explode").statusCode()).isEqualTo(404);
    assertThat(call("PUT", PLUGINS + "/greet").statusCode()).isEqualTo(404);
    assertThat(plugins.asked).isEmpty();
  }

  @Test
  void whatCannotBeDoneNowIsA409() throws Exception {
    plugins.outcome =
        Future.failedFuture(new PluginException("plugin greet", "", "has no canary", "Deploy one"));

    var answer = call("POST", PLUGINS + "/greet/promote");

    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(answer.body()).contains("has no canary");
  }

  @Test
  void aFifthUploadWaitsItsTurn() throws Exception {
    Promise<PluginStatus> slow = Promise.promise();
    plugins.outcome = slow.future();
    for (int i = 0; i < 4; i++) {
      upload("", part("plugin", "greet.jar", "x") + END);
    }

    var answer = upload("", part("plugin", "greet.jar", "x") + END);

    assertThat(answer.statusCode()).isEqualTo(503);
    slow.complete(FakePlugins.running("greet", "1.1.0"));
  }

  @Test
  void theFoldersAreTheOwnersAlone() throws Exception {
    Promise<PluginStatus> slow = Promise.promise();
    plugins.outcome = slow.future();
    Files.createDirectories(uploads.resolve("left by a killed server"));

    upload("", part("plugin", "greet.jar", "x") + END);

    assertThat(Files.getPosixFilePermissions(uploads)).hasSize(3);
    assertThat(left()).hasSize(1);
    slow.complete(FakePlugins.running("greet", "1.1.0"));
  }
}
