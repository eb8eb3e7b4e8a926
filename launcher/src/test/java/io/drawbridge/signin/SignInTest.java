package io.drawbridge.signin;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.permission.TokenVerifier.Verification.Accepted;
import io.drawbridge.signin.SignInServer.Response;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignInTest {

  static final String USERS =
      """
      {"users": [
        {"username": "alice", "demo": true, "password": "wonderland", "authorities": ["chat:read"]},
        {"username": "dora", "hash": "%s", "authorities": ["chat:write", "chat:read"]}
      ]}
      """
          .formatted(Passwords.hash("correct horse".toCharArray()));

  @TempDir Path folder;
  private SignInServer server;

  @BeforeEach
  void start() throws Exception {
    server = SignInServer.start(folder, "127.0.0.1", USERS, "{}");
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Test
  void theRightPasswordGivesATokenWithTheAuthoritiesOfTheFile() throws Exception {
    Response response = server.login("dora", "correct horse");

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.body().getInteger("expiresIn")).isEqualTo(3600);
    assertThat(response.head().toLowerCase()).contains("cache-control: no-store");
    var answer =
        server.verifier().verify(response.body().getString("token")).await(10, TimeUnit.SECONDS);
    var subject = ((Accepted) answer).subject();
    assertThat(subject.name()).isEqualTo("dora");
    assertThat(subject.authorities()).containsExactlyInAnyOrder("chat:read", "chat:write");
  }

  @Test
  void aWrongPasswordAndAnUnknownNameGetTheSameAnswer() throws Exception {
    Response wrong = server.login("dora", "incorrect horse");
    Response unknown = server.login("nobody", "correct horse");
    Response demo = server.login("alice", "correct horse");

    assertThat(wrong.status()).isEqualTo(401);
    assertThat(wrong.body().getString("error"))
        .isEqualTo("The user name or the password is wrong.");
    assertThat(unknown).isEqualTo(wrong);
    assertThat(demo).isEqualTo(wrong);
  }

  @Test
  void demoPeopleAreShownAndSignInFromThisMachine() throws Exception {
    Response shown = server.get("/auth/login");
    Response response = server.login("alice", "wonderland");

    assertThat(shown.body())
        .isEqualTo(
            new JsonObject(
                """
                {"embedded": true, "demo": [{"username": "alice", "password": "wonderland"}]}
                """));
    assertThat(shown.head().toLowerCase()).contains("cache-control: no-store");
    assertThat(response.status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host: bridge.example.com",
        "Host: 127.0.0.1.example.com",
        "Host: localhost.example.com:8080",
        "Host: 10.0.0.1",
        "Forwarded: for=127.0.0.1",
        "X-Forwarded-For: 127.0.0.1",
        "x-forwarded-host: localhost",
        "X-Forwarded-Anything: x",
        "X-Real-IP: 127.0.0.1",
        "Via: 1.1 localhost"
      })
  void demoPeopleAreUnknownBehindAProxyOrAnotherName(String header) throws Exception {
    Response shown = server.get("/auth/login", header);
    Response response = server.login("alice", "wonderland", header);
    Response unknown = server.login("nobody", "wonderland", header);

    assertThat(shown.body()).isEqualTo(JsonObject.of("embedded", true));
    assertThat(response).isEqualTo(unknown);
    assertThat(server.login("dora", "correct horse", header).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Host: localhost", "Host: 127.0.0.1:80", "Host: [::1]:8080", "Host: LocalHost:1"})
  void everyNameOfLoopbackWillDo(String header) throws Exception {
    assertThat(server.login("alice", "wonderland", header).status()).isEqualTo(200);
  }

  @Test
  void demoPeopleAreUnknownToAServerThatOthersCanReach() throws Exception {
    server.close();
    server = SignInServer.start(folder, "0.0.0.0", USERS, "{}");

    assertThat(server.get("/auth/login").body()).isEqualTo(JsonObject.of("embedded", true));
    assertThat(server.login("alice", "wonderland").status()).isEqualTo(401);
    assertThat(server.login("dora", "correct horse").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "7",
        "null",
        "{",
        "{\"username\": \"dora\"}",
        "{\"username\": \"dora\", \"password\": 7}",
        "{\"username\": null, \"password\": \"x\"}",
        "{\"username\": \"dora\", \"password\": \"x\", \"more\": 1}",
        "{\"username\": \"a\", \"username\": \"dora\", \"password\": \"correct horse\"}",
        "{\"username\": \"dora\", \"password\": \"correct horse\"} {}",
        "{\"username\": \" \", \"password\": \"x\"}",
        "{\"username\": \"dora\", \"password\": \"\\ud800\"}",
        "{\"username\": \"a\\nb\", \"password\": \"x\"}"
      })
  void anyOtherBodyIsRefusedInOneSentence(String body) throws Exception {
    Response response = server.post("/auth/login", body);

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.body().getString("error")).startsWith("The body must be");
    assertThat(response.body().fieldNames()).containsExactly("error");
  }

  @Test
  void aLongBodyIsRefusedBeforeItIsRead() throws Exception {
    Response response = server.login("dora", "x".repeat(5000));

    assertThat(response.status()).isEqualTo(413);
    assertThat(response.body().getString("error")).isEqualTo("The body is larger than 4 KiB.");
    assertThat(server.login("dora", "y".repeat(600)).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "application/jsonx"})
  void aFormCantSignIn(String type) throws Exception {
    Response response =
        server.post(
            "/auth/login",
            "{\"username\": \"dora\", \"password\": \"correct horse\"}",
            "Content-Type: " + type);

    assertThat(response.status()).isEqualTo(415);
  }

  @Test
  void aForeignPageCantSignIn() throws Exception {
    Response login = server.login("dora", "correct horse", "Origin: https://evil.example");
    Response refresh = server.post("/auth/refresh", "", "Origin: https://evil.example");

    assertThat(login.status()).isEqualTo(403);
    assertThat(refresh.status()).isEqualTo(403);
  }

  @Test
  void aGoodTokenIsExchangedForAFreshOne() throws Exception {
    String token = server.login("dora", "correct horse").body().getString("token");

    Response fresh = server.post("/auth/refresh", "", "Authorization: Bearer " + token);

    assertThat(fresh.status()).isEqualTo(200);
    assertThat(fresh.body().getString("token")).isNotEqualTo(token);
    assertThat(fresh.head().toLowerCase()).contains("cache-control: no-store");
  }

  @Test
  void whatIsNoGoodTokenOfAKnownPersonIsNotRefreshed() throws Exception {
    var key = SigningKey.openOrCreate(folder.resolve("data"));
    String gone = key.token("gone", java.util.List.of(), java.time.Duration.ofHours(1));
    String demo = key.token("alice", java.util.List.of(), java.time.Duration.ofHours(1));

    assertThat(server.post("/auth/refresh", "").status()).isEqualTo(401);
    assertThat(server.post("/auth/refresh", "", "Authorization: Basic eDp5").status())
        .isEqualTo(401);
    assertThat(server.post("/auth/refresh", "", "Authorization: Bearer a.b.c").status())
        .isEqualTo(401);
    assertThat(server.post("/auth/refresh", "", "Authorization: Bearer " + gone).status())
        .isEqualTo(401);
    assertThat(
            server
                .post("/auth/refresh", "", "Authorization: Bearer " + demo, "Via: 1.1 proxy")
                .status())
        .isEqualTo(401);
  }

  @Test
  void withAnIssuerElsewhereNobodySignsInHere() throws Exception {
    server.close();
    server =
        SignInServer.start(
            folder,
            "127.0.0.1",
            USERS,
            """
            {"jwks": "https://id.example/keys", "issuer": "https://id.example", "audience": ["b"]}
            """);

    assertThat(server.get("/auth/login").body()).isEqualTo(JsonObject.of("embedded", false));
    assertThat(server.login("dora", "correct horse").status()).isEqualTo(404);
    assertThat(server.post("/auth/refresh", "").status()).isEqualTo(404);
  }
}
