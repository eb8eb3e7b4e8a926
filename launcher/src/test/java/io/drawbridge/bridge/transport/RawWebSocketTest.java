package io.drawbridge.bridge.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The bridge's main transport, seen from the wire. */
class RawWebSocketTest {

  private static final String PATH = "/eventbus/websocket";

  private final TestServer server =
      TestServer.start(new TestSettings().limit("frameBytes", 65_536).limit("queueBytes", 65_536));

  @AfterEach
  void stop() {
    server.close();
  }

  private WebSocketClient open(String... headers) {
    return WebSocketClient.open(server.port(), PATH, headers);
  }

  @Test
  void carriesMessagesBothWays() {
    try (WebSocketClient client = open()) {
      assertThat(client.handshake.status()).isEqualTo(101);
      assertThat(client.handshake.header("sec-websocket-accept"))
          .isEqualTo("HSmrc0sMlYUkAGmm5OPpG2HaGWk=");

      client.text("{\"type\":\"ping\"}");

      assertThat(client.nextText()).isEqualTo("{\"type\":\"ping\"}");
    }
  }

  @Test
  void carriesTextOfAnyLengthAndAlphabet() {
    try (WebSocketClient client = open()) {
      for (int length : List.of(0, 1, 124, 125, 126, 127, 65_535, 65_536)) {
        String text = "x".repeat(length);
        assertThat(client.text(text).nextText()).isEqualTo(text);
      }
      assertThat(client.text("Ünïcödé \uffff 😀").nextText()).isEqualTo("Ünïcödé \uffff 😀");
    }
  }

  @Test
  void takesBinaryFramesThatHoldUtf8() {
    try (WebSocketClient client = open()) {
      client.frame(WebSocketClient.FIN | WebSocketClient.BINARY, (byte) '{', (byte) '}');

      assertThat(client.nextText()).isEqualTo("{}");
    }
  }

  @Test
  void handlesManyFramesOfOneSegmentInTheirOrder() {
    try (WebSocketClient client = open()) {
      java.io.ByteArrayOutputStream all = new java.io.ByteArrayOutputStream();
      for (int i = 0; i < 500; i++) {
        all.writeBytes(
            WebSocketClient.masked(WebSocketClient.FIN | 1, String.valueOf(i).getBytes()));
      }
      client.tcp.write(all.toByteArray());

      for (int i = 0; i < 500; i++) {
        assertThat(client.nextText()).isEqualTo(String.valueOf(i));
      }
    }
  }

  @Test
  void writesFromOtherThreadsArriveInTheirOrder() {
    try (WebSocketClient client = open()) {
      EchoSocket socket = server.onlySocket();
      IntStream.range(0, 200).forEach(i -> socket.say("n" + i));

      for (int i = 0; i < 200; i++) {
        assertThat(client.nextText()).isEqualTo("n" + i);
      }
    }
  }

  @Test
  void gathersTheFramesOfOneWrite() {
    try (WebSocketClient client = open()) {
      EchoSocket socket = server.onlySocket();
      socket.socket.execute(
          () ->
              socket.socket.write(
                  List.of(
                      EchoSocket.frame("one"), EchoSocket.frame("two"), EchoSocket.frame("3"))));

      assertThat(client.nextText()).isEqualTo("one");
      assertThat(client.nextText()).isEqualTo("two");
      assertThat(client.nextText()).isEqualTo("3");
    }
  }

  @Test
  void answersPingsWithTheirPayload() {
    try (WebSocketClient client = open()) {
      for (int i = 0; i < 10; i++) {
        client.frame(WebSocketClient.FIN | WebSocketClient.PING, (byte) i, (byte) 7);
      }
      for (int i = 0; i < 10; i++) {
        WebSocketClient.Frame pong = client.next();
        assertThat(pong.opcode()).isEqualTo(WebSocketClient.PONG);
        assertThat(pong.payload()).containsExactly(i, 7);
      }
    }
  }

  @Test
  void answersOfAFloodOfPingsTheLastAtLeast() {
    try (WebSocketClient client = open()) {
      for (int i = 0; i < 100; i++) {
        client.frame(WebSocketClient.FIN | WebSocketClient.PING, (byte) i);
      }

      int answers = 0;
      byte last = -1;
      while (last != 99) {
        last = client.next().payload()[0];
        answers++;
      }
      assertThat(answers).isLessThan(100);
    }
  }

  @Test
  void ignoresPongsThatNobodyAskedFor() {
    try (WebSocketClient client = open()) {
      client.frame(WebSocketClient.FIN | WebSocketClient.PONG, (byte) 1);

      assertThat(client.text("on").nextText()).isEqualTo("on");
    }
  }

  @Test
  void sendsWhatWasWrittenBeforeTheCloseFrame() {
    try (WebSocketClient client = open()) {
      EchoSocket socket = server.onlySocket();
      socket.socket.execute(
          () -> {
            socket.socket.write(List.of(EchoSocket.frame("last words")));
            socket.socket.close(3001, "shutdown");
            socket.socket.write(List.of(EchoSocket.frame("too late")));
          });

      assertThat(client.nextText()).isEqualTo("last words");
      WebSocketClient.Frame close = client.next();
      assertThat(close.code()).isEqualTo(3001);
      assertThat(close.reason()).isEqualTo("shutdown");
      assertThat(socket.closed.get()).isZero();

      client.close(3001, "");
      assertThat(client.tcp.ended()).isTrue();
      Wait.until("closed", () -> socket.closed.get() == 1);
    }
  }

  @Test
  void cutsAPeerThatNeverAnswersTheCloseFrame() {
    try (WebSocketClient client = open()) {
      EchoSocket socket = server.onlySocket();
      socket.socket.execute(() -> socket.socket.close(3001, "shutdown"));

      assertThat(client.nextCloseCode()).isEqualTo(3001);
      assertThat(client.tcp.ended()).isTrue();
      Wait.until("closed", () -> socket.closed.get() == 1);
    }
  }

  @Test
  void cutsAPeerThatTakesNothing() {
    try (WebSocketClient client = open()) {
      EchoSocket socket = server.onlySocket();
      String large = "x".repeat(60_000);
      socket.socket.execute(
          () -> {
            for (int i = 0; i < 200; i++) {
              socket.socket.write(List.of(EchoSocket.frame(large)));
            }
            socket.socket.close(3008, "slow");
          });

      Wait.until("the cut", () -> socket.closed.get() == 1);
      Wait.until("the count", () -> server.entrance.connections() == 0);
    }
  }

  @Test
  void tellsWhatWaitsAndWhenItGoesOn() {
    try (WebSocketClient client = open()) {
      EchoSocket socket = server.onlySocket();
      String large = "x".repeat(60_000);
      for (int i = 0; i < 300; i++) {
        socket.say(large);
      }
      Wait.until("a full socket", () -> !socket.socket.writable());
      assertThat(socket.socket.pendingBytes()).isBetween(60_000L, 1_000_000L);

      for (int i = 0; i < 300; i++) {
        assertThat(client.nextText()).hasSize(60_000);
      }
      Wait.until("an empty socket", () -> socket.socket.pendingBytes() == 0);
      assertThat(socket.socket.writable()).isTrue();
    }
  }

  @Test
  void stopsReadingWhenToldToAndForgetsNothing() {
    try (WebSocketClient client = open()) {
      EchoSocket socket = server.onlySocket();
      socket.pauseAfter = "pause";
      client.text("pause").text("one").text("two");
      assertThat(client.nextText()).isEqualTo("pause");
      assertThat(client.text("three").tcp.quietFor(300)).isTrue();
      assertThat(socket.heard).containsExactly("pause");

      socket.socket.execute(() -> socket.socket.read(true));

      assertThat(client.nextText()).isEqualTo("one");
      assertThat(client.nextText()).isEqualTo("two");
      assertThat(client.nextText()).isEqualTo("three");
    }
  }

  @Test
  void hearsOnceThatTheClientHasGone() {
    WebSocketClient client = open();
    EchoSocket socket = server.onlySocket();

    client.close();

    Wait.until("closed", () -> socket.closed.get() == 1);
    Wait.until("the count", () -> server.entrance.connections() == 0);
  }

  @Test
  void cutsAClientThatSendsFramesBeforeItHasTheAnswer() {
    for (String early : List.of("early", "early\r\n\r\n")) {
      try (TestClient client = TestClient.connect(server.port())) {
        byte[] head =
            ("GET "
                    + PATH
                    + " HTTP/1.1\r\nHost: "
                    + client.host()
                    + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Version: 13\r\n"
                    + "Sec-WebSocket-Key: x3JJHMbDL1EzLkh9GBhXDw==\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] frame = WebSocketClient.masked(WebSocketClient.FIN | 1, early.getBytes());
        byte[] both = Arrays.copyOf(head, head.length + frame.length);
        System.arraycopy(frame, 0, both, head.length, frame.length);
        client.write(both);

        Wait.until("the cut", () -> client.read() < 0);
      }
    }
    Wait.until("the count", () -> server.entrance.connections() == 0);
    assertThat(server.sockets).allSatisfy(socket -> assertThat(socket.heard).isEmpty());
  }

  @Test
  void offersNoCompression() {
    try (WebSocketClient client =
        open("Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits")) {
      assertThat(client.handshake.status()).isEqualTo(101);
      assertThat(client.handshake.header("sec-websocket-extensions")).isNull();
    }
  }

  @Test
  void selectsItsSubProtocolAndNeverTheToken() {
    try (WebSocketClient client = open("Sec-WebSocket-Protocol: eb.v1, eb.token.abc.def.ghi")) {
      assertThat(client.handshake.header("sec-websocket-protocol")).isEqualTo("eb.v1");
      assertThat(server.onlySocket().socket.handshake().token()).isEqualTo("abc.def.ghi");
    }
  }

  @Test
  void answersWhatIsNoUpgrade() {
    try (TestClient client = TestClient.connect(server.port())) {
      assertThat(client.get(PATH).status()).isEqualTo(400);
      assertThat(client.post(PATH, "{}", "Upgrade: websocket").status()).isEqualTo(405);
      assertThat(client.get(PATH, "Upgrade: websocket", "Connection: keep-alive").status())
          .isEqualTo(400);
      assertThat(
              client
                  .get(
                      PATH,
                      "Upgrade: websocket",
                      "Connection: Upgrade",
                      "Sec-WebSocket-Version: 8",
                      "Sec-WebSocket-Key: x3JJHMbDL1EzLkh9GBhXDw==")
                  .status())
          .isEqualTo(426);
    }
  }
}
