package io.drawbridge.bridge.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sessions over HTTP: what bounds them, whom they belong to, when they end. */
class SockJsSessionTest {

  private final TestServer server =
      TestServer.start(
          new TestSettings()
              .limit("frameBytes", 4_096)
              .limit("connections", 20)
              .limit("connectionsPerIp", 11)
              .bridge("heartbeatMillis", 500)
              .bridge("disconnectMillis", 1_500)
              .auth("cookie", "eb_token"));

  private final String url = "/eventbus/000/" + UUID.randomUUID();
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

  @Test
  void deliversWhatIsSaidBetweenPolls() {
    client.post(url + "/xhr", "");
    EchoSocket socket = server.onlySocket();
    assertThat(socket.socket.writable()).isFalse();
    IntStream.range(0, 50).forEach(i -> socket.say("n" + i));

    StringBuilder all = new StringBuilder();
    while (!all.toString().contains("n49")) {
      all.append(client.post(url + "/xhr", "").body());
    }

    assertThat(all.toString().replaceAll("[^0-9 ]+", " ").trim().split(" +"))
        .containsExactly(IntStream.range(0, 50).mapToObj(String::valueOf).toArray(String[]::new));
  }

  @Test
  void aWaitingPollIsAnsweredFromAnotherThread() {
    client.post(url + "/xhr", "");
    client.request("POST", url + "/xhr", "");
    Wait.until("the poll", () -> server.onlySocket().socket.writable());

    server.onlySocket().say("now");

    assertThat(client.response().body()).isEqualTo("a[\"now\"]\n");
  }

  @Test
  void requestsOfOneSessionMayComeOverAnyConnection() {
    client.post(url + "/xhr", "");
    for (int i = 0; i < 20; i++) {
      try (TestClient other = TestClient.connect(server.port())) {
        assertThat(other.post(url + "/xhr_send", "[\"" + i + "\"]").status()).isEqualTo(204);
      }
      try (TestClient other = TestClient.connect(server.port())) {
        assertThat(other.post(url + "/xhr", "").body()).isEqualTo("a[\"" + i + "\"]\n");
      }
    }
  }

  @Test
  void postsAreAnsweredWhenTheirMessagesWereTaken() {
    client.post(url + "/xhr", "");
    EchoSocket socket = server.onlySocket();
    socket.pauseAfter = "pause";

    client.request("POST", url + "/xhr_send", "[\"pause\",\"on\"]");
    assertThat(client.quietFor(300)).isTrue();
    assertThat(socket.heard).containsExactly("pause");
    socket.socket.execute(() -> socket.socket.read(true));

    assertThat(client.response().status()).isEqualTo(204);
    assertThat(socket.heard).containsExactly("pause", "on");
  }

  @Test
  void postsBesideAPausedOneAreBounded() {
    client.post(url + "/xhr", "");
    EchoSocket socket = server.onlySocket();
    socket.pauseAfter = "pause";
    List<TestClient> posting = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      TestClient one = TestClient.connect(server.port());
      posting.add(one.request("POST", url + "/xhr_send", "[\"pause\"]"));
    }

    Wait.until("the end", () -> socket.closed.get() == 1);

    posting.forEach(one -> assertThat(one.response().status()).isEqualTo(204));
    posting.forEach(TestClient::close);
    assertThat(client.post(url + "/xhr", "").body()).startsWith("c[1009,");
  }

  @Test
  void aStreamReportsWhatTheNetworkHasNotTaken() {
    try (TestClient stream = TestClient.connect(server.port())) {
      stream.request("POST", url + "/xhr_streaming", "").head();
      EchoSocket socket = server.onlySocket();
      Wait.until("a stream", () -> socket.socket.writable());
      String large = "x".repeat(60_000);
      for (int i = 0; i < 300; i++) {
        socket.say(large);
      }
      Wait.until("a full stream", () -> !socket.socket.writable());

      assertThat(socket.socket.pendingBytes()).isPositive();
    }
  }

  @Test
  void beatsWhileAReceiverWaits() {
    assertThat(client.post(url + "/xhr", "").body()).isEqualTo("o\n");
    assertThat(client.post(url + "/xhr", "").body()).isEqualTo("h\n");
    try (WebSocketClient socket = WebSocketClient.open(server.port(), url + "/websocket")) {
      assertThat(socket.nextText()).isEqualTo("o");
      assertThat(socket.nextText()).isEqualTo("h");
    }
  }

  @Test
  void endsWhenNobodyPollsForLong() {
    client.post(url + "/xhr", "");
    EchoSocket socket = server.onlySocket();

    Wait.until("the end", () -> socket.closed.get() == 1);

    Wait.until("404", () -> client.post(url + "/xhr_send", "[\"a\"]").status() == 404);
    assertThat(client.post(url + "/xhr", "").body()).isEqualTo("o\n");
  }

  @Test
  void sendsWhatWasWrittenBeforeTheCloseFrame() {
    client.post(url + "/xhr", "");
    EchoSocket socket = server.onlySocket();
    socket.socket.execute(
        () -> {
          socket.socket.write(List.of(EchoSocket.frame("last words")));
          socket.socket.close(3001, "shutdown");
        });
    Wait.until("closed", () -> socket.closed.get() == 1);

    assertThat(client.post(url + "/xhr", "").body()).isEqualTo("a[\"last words\"]\n");
    assertThat(client.post(url + "/xhr", "").body()).isEqualTo("c[3001,\"shutdown\"]\n");
  }

  @Test
  void belongsToTheOriginThatBeganIt() {
    String host = client.host();
    client.post(url + "/xhr", "", "Host: " + host);

    assertThat(client.post(url + "/xhr_send", "[\"a\"]", "Origin: http://" + host).status())
        .isEqualTo(204);
    assertThat(
            client
                .post(url + "/xhr_send", "[\"a\"]", "Host: other", "Origin: http://other")
                .status())
        .isEqualTo(404);
  }

  @Test
  void belongsToTheTokenThatBeganIt() {
    client.post(url + "/xhr", "", "Authorization: Bearer alice");

    assertThat(client.post(url + "/xhr_send", "[\"a\"]").status()).isEqualTo(404);
    assertThat(client.post(url + "/xhr_send", "[\"a\"]", "Authorization: Bearer bob").status())
        .isEqualTo(404);
    assertThat(client.post(url + "/xhr", "", "Authorization: Bearer bob").status()).isEqualTo(404);
    assertThat(client.post(url + "/xhr_send", "[\"a\"]", "Authorization: Bearer alice").status())
        .isEqualTo(204);
    assertThat(server.onlySocket().heard).containsExactly("a");
  }

  @Test
  void endsWithAMessageBeyondTheBound() {
    client.post(url + "/xhr", "");

    client.post(url + "/xhr_send", "[\"" + "x".repeat(4_097) + "\"]");

    assertThat(client.post(url + "/xhr", "").body()).startsWith("c[1009,");
    assertThat(server.onlySocket().heard).isEmpty();
  }

  @Test
  void refusesAHugePostBeforeItHasCome() {
    client.post(url + "/xhr", "");

    client.write(
        "POST "
            + url
            + "/xhr_send HTTP/1.1\r\nHost: "
            + client.host()
            + "\r\nContent-Length: 99999999\r\n\r\n[");

    assertThat(client.response().status()).isEqualTo(413);
    assertThat(client.ended()).isTrue();
  }

  @Test
  void oneAddressMayHaveOnlySoMany() {
    for (int i = 0; i < 11; i++) {
      assertThat(client.post("/eventbus/0/many" + i + "/xhr", "").body()).isEqualTo("o\n");
    }

    assertThat(client.post("/eventbus/0/onemore/xhr", "").status()).isEqualTo(429);
  }

  @Test
  void legacyTransportsNeedTheirSetting() {
    assertThat(client.get(url + "/jsonp?c=x").status()).isEqualTo(404);
    assertThat(client.get(url + "/htmlfile?c=x").status()).isEqualTo(404);
    assertThat(client.post(url + "/jsonp_send", "d=x").status()).isEqualTo(404);
    assertThat(client.get("/eventbus/iframe.html").status()).isEqualTo(404);
    assertThat(client.get("/echo").status()).isEqualTo(404);
  }

  @Test
  void otherMethodsAreNamedTheRightOne() {
    TestClient.Response wrong = client.get(url + "/xhr");

    assertThat(wrong.status()).isEqualTo(405);
    assertThat(wrong.header("allow")).isEqualTo("POST");
  }

  @Test
  void anUpgradeOnAPlainRouteIsHarmless() {
    TestClient.Response answer =
        client.get(
            "/eventbus/info",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: x3JJHMbDL1EzLkh9GBhXDw==");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(client.get("/eventbus/info").status()).isEqualTo(200);
  }
}
