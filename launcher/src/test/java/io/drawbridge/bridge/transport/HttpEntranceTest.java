package io.drawbridge.bridge.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.http.RefusalListener.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the way in bears: slow, silent, many and ambiguous requests. */
class HttpEntranceTest {

  private final TestServer server =
      TestServer.start(
          new TestSettings()
              .limit("requestHeadSeconds", 1)
              .limit("idleSeconds", 2)
              .limit("connections", 12)
              .limit("connectionsPerIp", 8)
              .limit("requestHeadBytes", 20_000));

  private final List<TestClient> clients = new ArrayList<>();

  @AfterEach
  void stop() {
    clients.forEach(TestClient::close);
    server.close();
  }

  private TestClient connect() {
    TestClient client = TestClient.connect(server.port());
    clients.add(client);
    return client;
  }

  @Test
  void cutsAConnectionThatSaysNothing() {
    assertThat(connect().ended()).isTrue();
    assertThat(server.refusals).contains(Refusal.SLOW_REQUEST);
  }

  @Test
  void cutsAHeadThatTrickles() {
    TestClient client = connect().write("GET / HTTP/1.1\r\nHost: h\r\n");

    Wait.until("the cut", () -> !client.tryWrite((byte) 'x'));
  }

  @Test
  void cutsABodyThatTrickles() {
    TestClient client = connect();
    client.post("/eventbus/0/slow/xhr", "");
    client.write(
        "POST /eventbus/0/slow/xhr_send HTTP/1.1\r\nHost: "
            + client.host()
            + "\r\nContent-Length: 100\r\n\r\n[");

    Wait.until("the cut", () -> !client.tryWrite((byte) ' '));
  }

  @Test
  void cutsAnIdleConnectionAlsoWhenTheNextHeadTrickles() {
    TestClient silent = connect();
    assertThat(silent.get("/eventbus").status()).isEqualTo(200);
    TestClient trickling = connect();
    assertThat(trickling.get("/eventbus").status()).isEqualTo(200);

    Wait.until("the cut", () -> !trickling.tryWrite((byte) 'G'));
    assertThat(silent.ended()).isTrue();
  }

  @Test
  void cutsASilentWebSocketWithACode() {
    try (WebSocketClient client = WebSocketClient.open(server.port(), "/eventbus/websocket")) {
      assertThat(client.nextCloseCode()).isEqualTo(3502);
    }
  }

  @Test
  void leavesAWebSocketThatSpeaks() {
    try (WebSocketClient client = WebSocketClient.open(server.port(), "/eventbus/websocket")) {
      for (int i = 0; i < 8; i++) {
        assertThat(client.tcp.quietFor(500)).isTrue();
        assertThat(client.text("still here").nextText()).isEqualTo("still here");
      }
    }
  }

  @Test
  void oneAddressMayHaveOnlySoManyConnections() {
    for (int i = 0; i < 8; i++) {
      assertThat(connect().get("/eventbus").status()).isEqualTo(200);
    }
    TestClient ninth = connect();
    assertThat(ninth.get("/eventbus").status()).isEqualTo(429);
    assertThat(ninth.ended()).isTrue();
    assertThat(server.refusals).contains(Refusal.CONNECTIONS_PER_IP);

    clients.get(0).close();
    Wait.until("room", () -> connect().get("/eventbus").status() == 200);
  }

  @Test
  void closedWebSocketsMakeRoom() {
    for (int i = 0; i < 20; i++) {
      try (WebSocketClient client = WebSocketClient.open(server.port(), "/eventbus/websocket")) {
        assertThat(client.handshake.status()).isEqualTo(101);
      }
      Wait.until("the end", () -> server.entrance.connections() == 0);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /eventbus HTTP/1.1\r\n\r\n",
        "GET /eventbus HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "GET /eventbus HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n",
        "GET /eventbus HTTP/1.1\r\nHost: a b\r\n\r\n",
        "GET /eventbus HTTP/1.1\r\nHost: a@b\r\n\r\n",
        "GET http://other/eventbus HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /eventbus HTTP/1.1\nHost: a\n\n",
        "GET /eventbus HTTP/1.1\r\nHost: a\nX: b\r\n\r\n",
        "GET /eventbus HTTP/1.1\r\nHost : a\r\n\r\n",
        "GET /eventbus HTTP/1.1\r\nHost: a\r\n folded\r\n\r\n",
        "POST /eventbus/0/a/xhr HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n"
            + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST /eventbus/0/a/xhr HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n"
            + "Content-Length: 5\r\n\r\n0\r\n\r\n",
        "POST /eventbus/0/a/xhr HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST /eventbus/0/a/xhr HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n"
            + "Content-Length: 6\r\n\r\nhello",
        "POST /eventbus/0/a/xhr HTTP/1.1\r\nHost: a\r\nContent-Length: +5\r\n\r\nhello",
        "POST /eventbus/0/a/xhr HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\nhello",
        "nonsense\r\n\r\n",
      })
  void refusesWhatAProxyCouldUnderstandOtherwise(String request) {
    TestClient client = connect().write(request);

    assertThat(client.head().status()).isEqualTo(400);
    Wait.until("the cut", () -> !client.tryWrite((byte) 'x'));
    assertThat(server.sockets).isEmpty();
  }

  @Test
  void boundsTheHead() {
    assertThat(connect().write("GET /" + "a".repeat(30_000) + " HTTP/1.1\r\n\r\n").head().status())
        .isEqualTo(414);
    assertThat(
            connect()
                .write("GET / HTTP/1.1\r\nHost: a\r\nX: " + "a".repeat(30_000) + "\r\n\r\n")
                .head()
                .status())
        .isEqualTo(431);
  }

  @Test
  void speaksNoHttp2() {
    TestClient client = connect().write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");

    assertThat(client.head().status()).isEqualTo(501);
    assertThat(client.ended()).isTrue();
  }

  @Test
  void unfoldsNoCompressedBodies() {
    TestClient client = connect();
    client.post("/eventbus/0/zip/xhr", "");

    assertThat(
            client
                .post("/eventbus/0/zip/xhr_send", "\u001f\u008b nothing", "Content-Encoding: gzip")
                .status())
        .isEqualTo(500);
  }

  @Test
  void aClientThatAsksOnWithoutTakingAnswersMakesNothingPileUp() {
    TestClient client = connect();
    byte[] request =
        ("GET /eventbus HTTP/1.1\r\nHost: " + client.host() + "\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII);
    byte[] many = new byte[request.length * 1_000];
    for (int i = 0; i < 1_000; i++) {
      System.arraycopy(request, 0, many, i * request.length, request.length);
    }
    Thread flood =
        new Thread(
            () -> {
              for (int i = 0; i < 200 && client.tryWrite(many); i++) {
                Thread.onSpinWait();
              }
            });
    flood.start();

    Wait.until("the cut", () -> server.entrance.connections() == 0);
    client.close();
    Wait.until("the flood's end", () -> !flood.isAlive());
  }
}
