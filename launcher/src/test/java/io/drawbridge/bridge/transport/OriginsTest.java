package io.drawbridge.bridge.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.http.RefusalListener.Refusal;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which pages may connect, on every transport. */
class OriginsTest {

  private final TestServer server =
      TestServer.start(
          new TestSettings()
              .sockJsLegacy()
              .origins("https://app.example.com")
              .trustedProxies("127.0.0.1/32")
              .auth("cookie", "eb_token"));

  @AfterEach
  void stop() {
    server.close();
  }

  private TestClient.Response ask(String method, String path, String... headers) {
    try (TestClient client = TestClient.connect(server.port())) {
      return client.request(method, path, "", headers).head();
    }
  }

  private static String session(String transport) {
    return "/eventbus/000/" + UUID.randomUUID() + "/" + transport;
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "GET, /eventbus/info",
    "OPTIONS, /eventbus/info",
    "OPTIONS, /eventbus/0/s1/xhr",
    "POST, /eventbus/0/s1/xhr",
    "POST, /eventbus/0/s1/xhr_streaming",
    "POST, /eventbus/0/s1/xhr_send",
    "GET, /eventbus/0/s1/eventsource",
    "GET, /eventbus/0/s1/htmlfile?c=x",
    "GET, /eventbus/0/s1/jsonp?c=x",
    "POST, /eventbus/0/s1/jsonp_send",
  })
  void foreignOriginsGetNowhere(String method, String path) {
    for (String origin : List.of("https://evil.example.com", "null", "", "file://")) {
      TestClient.Response answer = ask(method, path, "Origin: " + origin);

      assertThat(answer.status()).as("origin \"%s\"", origin).isEqualTo(403);
      assertThat(answer.header("access-control-allow-origin")).isNull();
    }
    assertThat(server.sockets).isEmpty();
    assertThat(server.refusals).hasSize(4).containsOnly(Refusal.ORIGIN);
  }

  @Test
  void foreignOriginsGetNoWebSocket() {
    for (String path : List.of("/eventbus/websocket", session("websocket"))) {
      try (WebSocketClient client =
          WebSocketClient.open(server.port(), path, "Origin: https://evil.example.com")) {
        assertThat(client.handshake.status()).isEqualTo(403);
      }
    }
    assertThat(server.sockets).isEmpty();
  }

  @Test
  void listedOriginsMayConnect() {
    String listed = "Origin: https://app.example.com";
    try (WebSocketClient client =
        WebSocketClient.open(server.port(), "/eventbus/websocket", listed)) {
      assertThat(client.handshake.status()).isEqualTo(101);
    }
    TestClient.Response info = ask("GET", "/eventbus/info", listed);
    assertThat(info.status()).isEqualTo(200);
    assertThat(info.header("access-control-allow-origin")).isEqualTo("https://app.example.com");
    assertThat(info.header("vary")).isEqualToIgnoringCase("origin");
  }

  @Test
  void theSchemeCountsToo() {
    assertThat(ask("GET", "/eventbus/info", "Origin: http://app.example.com").status())
        .isEqualTo(403);
    assertThat(
            ask("GET", "/eventbus/info", "Host: here.example", "Origin: https://here.example")
                .status())
        .isEqualTo(403);
    assertThat(
            ask(
                    "GET",
                    "/eventbus/info",
                    "Host: here.example",
                    "X-Forwarded-Proto: https",
                    "Origin: https://here.example")
                .status())
        .isEqualTo(200);
  }

  @Test
  void ourOwnOriginMayConnectWithOrWithoutItsDefaultPort() {
    assertThat(
            ask("GET", "/eventbus/info", "Host: here.example:80", "Origin: http://here.example")
                .status())
        .isEqualTo(200);
    assertThat(
            ask("GET", "/eventbus/info", "Host: here.example:81", "Origin: http://here.example")
                .status())
        .isEqualTo(403);
  }

  @Test
  void twoOriginsAreNone() {
    assertThat(
            ask(
                    "GET",
                    "/eventbus/info",
                    "Origin: https://app.example.com",
                    "Origin: https://evil.example.com")
                .status())
        .isEqualTo(403);
  }

  @Test
  void cookiesCountWithAnAllowedOriginOnly() {
    try (WebSocketClient with =
        WebSocketClient.open(
            server.port(),
            "/eventbus/websocket",
            "Origin: https://app.example.com",
            "Cookie: eb_token=t1")) {
      assertThat(server.onlySocket().socket.handshake().token()).isEqualTo("t1");
      assertThat(server.onlySocket().socket.handshake().origin())
          .isEqualTo("https://app.example.com");
    }
    server.sockets.clear();
    try (WebSocketClient without =
        WebSocketClient.open(server.port(), "/eventbus/websocket", "Cookie: eb_token=t1")) {
      assertThat(without.handshake.status()).isEqualTo(101);
      assertThat(server.onlySocket().socket.handshake().token()).isNull();
    }
  }
}
