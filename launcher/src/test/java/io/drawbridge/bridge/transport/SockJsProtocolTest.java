package io.drawbridge.bridge.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What SockJS's own protocol tests (0.3.3) ask of a server, on the services that they expect. Left
 * out are WebSockets older than RFC 6455, and the origin {@code null}, which we refuse.
 */
class SockJsProtocolTest {

  private static final String NO_CACHE = "no-store, no-cache, must-revalidate, max-age=0";

  private final TestServer server = TestServer.start(new TestSettings().echo());
  private TestClient client;

  @BeforeEach
  void connect() {
    client = TestClient.connect(server.port());
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  private static String session(String service) {
    return service + "/000/" + UUID.randomUUID();
  }

  private static String type(TestClient.Response response) {
    return response.header("content-type").replace(" ", "");
  }

  /** Begins a stream on a connection of its own and reads its prelude. */
  private TestClient stream(String method, String path, int preludeBytes) {
    TestClient stream = TestClient.connect(server.port());
    TestClient.Response head = stream.request(method, path, "").head();
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.header("cache-control")).isEqualTo(NO_CACHE);
    assertThat(stream.chunk()).hasSizeGreaterThanOrEqualTo(preludeBytes);
    return stream;
  }

  @Test
  void greets() {
    for (String path : List.of("/echo", "/echo/")) {
      TestClient.Response greeting = client.get(path);

      assertThat(greeting.status()).isEqualTo(200);
      assertThat(greeting.body()).isEqualTo("Welcome to SockJS!\n");
      assertThat(type(greeting)).isEqualTo("text/plain;charset=UTF-8");
      assertThat(greeting.header("set-cookie")).isNull();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/a",
        "/a.html",
        "//",
        "///",
        "/a/a",
        "/a/a/",
        "/a/",
        "/iframe.htm",
        "/iframe",
        "/IFRAME.HTML",
        "/iframe.xml",
        "/iframe-/.html",
        "/a/b/unknown",
        "/a/b/xhr/"
      })
  void answersUnknownPathsWith404(String path) {
    assertThat(client.get("/echo" + path).status()).isEqualTo(404);
  }

  @Test
  void servesTheIframeStronglyCached() {
    for (String path : List.of("/iframe.html", "/iframe-0.1.2abc-dirty.2144.html?t=1")) {
      TestClient.Response page = client.get("/echo" + path);

      assertThat(page.status()).isEqualTo(200);
      assertThat(type(page)).isEqualTo("text/html;charset=UTF-8");
      assertThat(page.header("cache-control")).contains("public", "max-age=31536000");
      assertThat(page.header("expires")).isNotBlank();
      assertThat(page.body()).contains("SockJS.bootstrap_iframe()");
      TestClient.Response again =
          client.get("/echo" + path, "If-None-Match: " + page.header("etag"));
      assertThat(again.status()).isEqualTo(304);
      assertThat(again.header("content-type")).isNull();
    }
  }

  @Test
  void tellsWhatItCan() {
    TestClient.Response info = client.get("/echo/info");
    JsonObject said = new JsonObject(info.body());

    assertThat(type(info)).isEqualTo("application/json;charset=UTF-8");
    assertThat(info.header("cache-control")).isEqualTo(NO_CACHE);
    assertThat(info.header("access-control-allow-origin")).isEqualTo("*");
    assertThat(said.getBoolean("websocket")).isTrue();
    assertThat(said.getBoolean("cookie_needed")).isFalse();
    assertThat(said.getJsonArray("origins")).isEqualTo(new JsonArray().add("*:*"));
    assertThat(said.getLong("entropy")).isBetween(0L, 0xffff_ffffL);
    assertThat(new JsonObject(client.get("/echo/info").body()).getLong("entropy"))
        .isNotEqualTo(said.getLong("entropy"));
    assertThat(new JsonObject(client.get("/disabled_websocket_echo/info").body()).getMap())
        .containsEntry("websocket", false);
    assertThat(new JsonObject(client.get("/cookie_needed_echo/info").body()).getMap())
        .containsEntry("cookie_needed", true);
  }

  @Test
  void answersPreflightsForAYear() {
    for (String path : List.of("/info", "/a/b/xhr", "/a/b/xhr_send", "/a/b/xhr_streaming")) {
      String own = "http://" + client.host();
      client.request("OPTIONS", "/echo" + path, "", "Origin: " + own);
      TestClient.Response preflight = client.response();

      assertThat(preflight.status()).isEqualTo(204);
      assertThat(preflight.header("access-control-allow-origin")).isEqualTo(own);
      assertThat(preflight.header("access-control-allow-credentials")).isEqualTo("true");
      assertThat(preflight.header("access-control-max-age")).isEqualTo("31536000");
      assertThat(preflight.header("access-control-allow-methods"))
          .isEqualTo("OPTIONS, " + (path.equals("/info") ? "GET" : "POST"));
      assertThat(preflight.header("cache-control")).contains("public", "max-age=31536000");
      assertThat(preflight.header("expires")).isNotBlank();
    }
  }

  @Test
  void echoesTheHeadersThatAPageAsksFor() {
    assertThat(
            client
                .post(session("/echo") + "/xhr", "", "Access-Control-Request-Headers: a, b, c")
                .header("access-control-allow-headers"))
        .isEqualTo("a, b, c");
    assertThat(client.post(session("/echo") + "/xhr", "").header("access-control-allow-headers"))
        .isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/a/a", "/_/_", "/1/1", "/abcdefgh_i-j%20/abcdefg_i-j%20"})
  void takesAnySessionId(String part) {
    assertThat(client.post("/echo" + part + "/xhr", "").body()).isEqualTo("o\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"//", "/a./a", "/a/a.", "/./.", "/", "///"})
  void refusesEmptyIdsAndDots(String part) {
    assertThat(client.get("/echo" + part + "/xhr").status()).isEqualTo(404);
    assertThat(client.post("/echo" + part + "/xhr", "").status()).isEqualTo(404);
  }

  @Test
  void pollsOverOneConnectionAndIgnoresTheServerId() {
    String id = UUID.randomUUID().toString();
    TestClient.Response open = client.post("/echo/000/" + id + "/xhr", "");
    assertThat(open.body()).isEqualTo("o\n");
    assertThat(type(open)).isEqualTo("application/javascript;charset=UTF-8");
    assertThat(open.header("cache-control")).isEqualTo(NO_CACHE);
    assertThat(open.header("content-length")).isEqualTo("2");

    for (String text : List.of("a", "b", "c")) {
      TestClient.Response sent = client.post("/echo/000/" + id + "/xhr_send", "[\"" + text + "\"]");
      assertThat(sent.status()).isEqualTo(204);
      assertThat(type(sent)).isEqualTo("text/plain;charset=UTF-8");
      assertThat(client.post("/echo/999/" + id + "/xhr", "").body())
          .isEqualTo("a[\"" + text + "\"]\n");
    }
  }

  @Test
  void sendingToAnUnknownSessionIs404() {
    assertThat(client.post("/echo/000/bad_session/xhr_send", "[\"a\"]").status()).isEqualTo(404);
  }

  @Test
  void answersBrokenPostsAndGoesOn() {
    String url = session("/echo");
    client.post(url + "/xhr", "");

    for (String broken : List.of("[\"x", "{}", "[1]", "[\"a\"] x", "nonsense")) {
      TestClient.Response answer = client.post(url + "/xhr_send", broken);
      assertThat(answer.status()).isEqualTo(500);
      assertThat(answer.body()).contains("Broken JSON encoding.");
    }
    assertThat(client.post(url + "/xhr_send", "").body()).contains("Payload expected.");
    assertThat(client.post(url + "/xhr_send", "[\"a\"]").status()).isEqualTo(204);
    assertThat(client.post(url + "/xhr", "").body()).isEqualTo("a[\"a\"]\n");
  }

  @Test
  void takesPostsOfAnyContentTypeAndAnswersThemTogether() {
    String url = session("/echo");
    client.post(url + "/xhr", "");
    for (String type : List.of("text/plain", "T", "application/json", "", "text/xml")) {
      assertThat(client.post(url + "/xhr_send", "[\"a\"]", "Content-Type: " + type).status())
          .isEqualTo(204);
    }

    assertThat(client.post(url + "/xhr", "").body())
        .isEqualTo("a[\"a\",\"a\",\"a\",\"a\",\"a\"]\n");
  }

  @Test
  void servesTheCloseFrameAgainAndAgain() {
    String url = session("/close");

    assertThat(client.post(url + "/xhr", "").body()).isEqualTo("o\n");
    assertThat(client.post(url + "/xhr", "").body()).isEqualTo("c[3000,\"Go away!\"]\n");
    assertThat(client.post(url + "/xhr", "").body()).isEqualTo("c[3000,\"Go away!\"]\n");
  }

  @Test
  void streamsAfterAPreludeOfTwoKibibytes() {
    String url = session("/echo");
    try (TestClient stream = stream("POST", url + "/xhr_streaming", 2_049)) {
      assertThat(stream.chunk()).isEqualTo("o\n");
      client.post(url + "/xhr_send", "[\"x\"]");
      assertThat(stream.chunk()).isEqualTo("a[\"x\"]\n");
    }
  }

  @Test
  void endsAStreamAfterItsBytesAndKeepsTheConnection() {
    String url = session("/echo");
    String text = "\"" + "x".repeat(128) + "\"";
    try (TestClient stream = stream("POST", url + "/xhr_streaming", 2_049)) {
      assertThat(stream.chunk()).isEqualTo("o\n");
      for (int i = 0; i < 31; i++) {
        assertThat(client.post(url + "/xhr_send", "[" + text + "]").status()).isEqualTo(204);
        assertThat(stream.chunk()).isEqualTo("a[" + text + "]\n");
      }
      assertThat(stream.chunk()).isNull();

      client.post(url + "/xhr_send", "[\"on\"]");
      assertThat(stream.post(url + "/xhr", "").body()).isEqualTo("a[\"on\"]\n");
    }
  }

  @Test
  void carriesEvents() {
    String url = session("/echo");
    try (TestClient stream = stream("GET", url + "/eventsource", 2)) {
      assertThat(stream.chunk()).isEqualTo("data: o\r\n\r\n");
      client.post(url + "/xhr_send", "[\"x\"]");
      assertThat(stream.chunk()).isEqualTo("data: a[\"x\"]\r\n\r\n");
      client.post(url + "/xhr_send", "[\"  \\u0000\\n\\r \"]");
      assertThat(stream.chunk()).isEqualTo("data: a[\"  \\u0000\\n\\r \"]\r\n\r\n");
      client.post(url + "/xhr_send", "[\"" + "x".repeat(4_096) + "\"]");
      assertThat(stream.chunk()).hasSizeGreaterThan(4_096);
      assertThat(stream.chunk()).isNull();
    }
  }

  @Test
  void carriesHtmlFiles() {
    String url = session("/echo");
    try (TestClient stream = stream("GET", url + "/htmlfile?c=%63allback", 1_024)) {
      assertThat(stream.chunk()).isEqualTo("<script>\np(\"o\");\n</script>\r\n");
      client.post(url + "/xhr_send", "[\"x\"]");
      assertThat(stream.chunk()).isEqualTo("<script>\np(\"a[\\\"x\\\"]\");\n</script>\r\n");
      client.post(url + "/xhr_send", "[\"</script>\"]");
      assertThat(stream.chunk()).contains("\\u003c/script>\\\"]");
    }
  }

  @Test
  void carriesJsonp() {
    String url = session("/echo");
    TestClient.Response open = client.get(url + "/jsonp?c=%63allback");
    assertThat(open.body()).isEqualTo("callback(\"o\");\r\n");
    assertThat(type(open)).isEqualTo("application/javascript;charset=UTF-8");
    assertThat(open.header("x-content-type-options")).isEqualTo("nosniff");
    String form = "Content-Type: application/x-www-form-urlencoded";

    assertThat(client.post(url + "/jsonp_send", "d=%5B%22x%22%5D", form).body()).isEqualTo("ok");
    assertThat(client.post(url + "/jsonp_send", "[\"%61bc\"]", "Content-Type: text/plain").body())
        .isEqualTo("ok");
    assertThat(client.get(url + "/jsonp?c=x").body())
        .isEqualTo("x(\"a[\\\"x\\\",\\\"%61bc\\\"]\");\r\n");
    for (String nothing : List.of("", "d=", "p=p")) {
      assertThat(client.post(url + "/jsonp_send", nothing, form).body())
          .contains("Payload expected.");
    }
    assertThat(client.post(url + "/jsonp_send", "d=%5B%22x", form).body())
        .contains("Broken JSON encoding.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"jsonp", "htmlfile"})
  void wantsACallbackThatIsAName(String transport) {
    String url = session("/echo") + "/" + transport;

    assertThat(client.get(url).body()).contains("\"callback\" parameter required");
    TestClient.Response script = client.get(url + "?c=%3Cscript%3Ealert(1)");
    assertThat(script.status()).isEqualTo(500);
    assertThat(script.body()).doesNotContain("alert");
    assertThat(client.get(url + "?c=" + "a".repeat(65)).status()).isEqualTo(500);
  }

  @Test
  void setsTheStickyCookieWhereItIsNeeded() {
    String service = "/cookie_needed_echo";
    assertThat(client.get(service + "/info").header("set-cookie")).isNull();
    assertThat(client.post(session(service) + "/xhr", "").header("set-cookie"))
        .isEqualTo("JSESSIONID=dummy; path=/");
    assertThat(
            client
                .post(session(service) + "/xhr", "", "Cookie: JSESSIONID=abcdef")
                .header("set-cookie"))
        .isEqualTo("JSESSIONID=abcdef; path=/");
    assertThat(client.post(session("/echo") + "/xhr", "").header("set-cookie")).isNull();
  }

  @Test
  void refusesASecondReceiver() {
    String url = session("/echo");
    try (TestClient first = stream("POST", url + "/xhr_streaming", 2_049);
        TestClient second = stream("POST", url + "/xhr_streaming", 2_049)) {
      assertThat(first.chunk()).isEqualTo("o\n");

      assertThat(second.chunk()).isEqualTo("c[2010,\"Another connection still open\"]\n");
      assertThat(second.chunk()).isNull();
      assertThat(client.post(url + "/xhr", "").body())
          .isEqualTo("c[2010,\"Another connection still open\"]\n");
    }
  }

  @Test
  void closesAndThenAnswersEveryReceiverWithTheCloseFrame() {
    String url = session("/close");
    try (TestClient first = stream("POST", url + "/xhr_streaming", 2_049);
        TestClient second = stream("POST", url + "/xhr_streaming", 2_049)) {
      assertThat(first.chunk()).isEqualTo("o\n");
      assertThat(first.chunk()).isEqualTo("c[3000,\"Go away!\"]\n");
      assertThat(first.chunk()).isNull();
      assertThat(second.chunk()).isEqualTo("c[3000,\"Go away!\"]\n");
      assertThat(second.chunk()).isNull();
    }
  }

  @Test
  void aStreamThatBreaksOffEndsTheSession() {
    String url = session("/echo");
    TestClient stream = stream("POST", url + "/xhr_streaming", 2_049);
    assertThat(stream.chunk()).isEqualTo("o\n");

    stream.close();

    assertInterrupted(url);
  }

  @Test
  void aPollThatBreaksOffEndsTheSession() {
    String url = session("/echo");
    client.post(url + "/xhr", "");
    TestClient one = TestClient.connect(server.port());
    TestClient two = TestClient.connect(server.port());
    one.request("POST", url + "/xhr", "");
    two.request("POST", url + "/xhr", "");
    TestClient refused = one.quietFor(500) ? two : one;
    assertThat(refused.response().body()).startsWith("c[2010");

    one.close();
    two.close();

    assertInterrupted(url);
  }

  /** Polls until the server, too, has heard that the connection broke. */
  private void assertInterrupted(String url) {
    Wait.until(
        "the end",
        () -> client.post(url + "/xhr", "").body().equals("c[1002,\"Connection interrupted\"]\n"));
  }

  @Test
  void framesWebSockets() {
    try (WebSocketClient socket =
        WebSocketClient.open(server.port(), session("/echo") + "/websocket")) {
      assertThat(socket.nextText()).isEqualTo("o");
      socket.text("").text("[\"a\"]");
      assertThat(socket.nextText()).isEqualTo("a[\"a\"]");
      socket.text("\"b\"");
      assertThat(socket.nextText()).isEqualTo("a[\"b\"]");
      socket.text("[\"a");
      assertThat(socket.nextCloseCode()).isEqualTo(1002);
      assertThat(socket.tcp.ended()).isTrue();
    }
  }

  @Test
  void twoWebSocketsMayShareASessionId() {
    String url = session("/echo") + "/websocket";
    try (WebSocketClient one = WebSocketClient.open(server.port(), url);
        WebSocketClient two = WebSocketClient.open(server.port(), url)) {
      assertThat(one.nextText()).isEqualTo("o");
      assertThat(two.nextText()).isEqualTo("o");
      assertThat(one.text("[\"a\"]").nextText()).isEqualTo("a[\"a\"]");
      assertThat(two.text("[\"b\"]").nextText()).isEqualTo("a[\"b\"]");
    }
  }

  @Test
  void closesWebSocketsWithSockJsFrame() {
    try (WebSocketClient socket =
            WebSocketClient.open(server.port(), session("/close") + "/websocket");
        WebSocketClient raw = WebSocketClient.open(server.port(), "/close/websocket")) {
      assertThat(socket.nextText()).isEqualTo("o");
      assertThat(socket.nextText()).isEqualTo("c[3000,\"Go away!\"]");
      assertThat(socket.nextCloseCode()).isEqualTo(1000);
      assertThat(raw.nextCloseCode()).isEqualTo(3000);
    }
  }

  @Test
  void theServiceWithoutWebSocketsHasNone() {
    assertThat(client.get(session("/disabled_websocket_echo") + "/websocket").status())
        .isEqualTo(404);
    assertThat(client.get("/disabled_websocket_echo/websocket").status()).isEqualTo(404);
  }

  @Test
  void escapesWhatBrowsersMangleAndTakesItEscaped() {
    String url = session("/echo");
    client.post(url + "/xhr", "");
    StringBuilder raw = new StringBuilder();
    StringBuilder escaped = new StringBuilder();
    for (int c = 0xff; c <= 0xffff; c++) {
      boolean mangled =
          (c >= 0x200c && c <= 0x200f)
              || (c >= 0x2028 && c <= 0x202f)
              || (c >= 0x2060 && c <= 0x206f)
              || c >= 0xfff0;
      if (mangled) {
        raw.append((char) c);
        escaped.append("\\u%04x".formatted(c));
      }
    }

    client.post(url + "/xhr_send", "[\"" + raw + "\"]");
    assertThat(client.post(url + "/xhr", "").body()).isEqualTo("a[\"" + escaped + "\"]\n");
    client.post(url + "/xhr_send", "[\"" + escaped + "\"]");
    assertThat(client.post(url + "/xhr", "").body()).isEqualTo("a[\"" + escaped + "\"]\n");
  }

  @Test
  void streamsToHttp10UntilTheConnectionEnds() {
    client.write("POST " + session("/close") + "/xhr_streaming HTTP/1.0\r\n\r\n");
    TestClient.Response head = client.head();

    assertThat(head.status()).isEqualTo(200);
    assertThat(head.header("transfer-encoding")).isNull();
    assertThat(head.header("content-length")).isNull();
    client.bytes(2_049);
    assertThat(new String(client.bytes(21))).isEqualTo("o\nc[3000,\"Go away!\"]\n");
    assertThat(client.ended()).isTrue();
  }
}
