package io.drawbridge.bridge.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6455 by the letter: what a client may not do, and the code that tells it so. */
class Rfc6455Test {

  private static final int FIN = WebSocketClient.FIN;
  private static final int TEXT = WebSocketClient.TEXT;
  private static final int MORE = WebSocketClient.CONTINUATION;

  private final TestServer server =
      TestServer.start(new TestSettings().limit("frameBytes", 4_096).limit("fragments", 8));

  @AfterEach
  void stop() {
    server.close();
  }

  private WebSocketClient open() {
    return WebSocketClient.open(server.port(), "/eventbus/websocket");
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  private static Arguments breaks(String how, int code, Consumer<WebSocketClient> deed) {
    return Arguments.of(how, code, deed);
  }

  static Stream<Arguments> violations() {
    return Stream.of(
        breaks("reserved bit 1", 1002, c -> c.frame(FIN | 0x40 | TEXT, bytes('x'))),
        breaks("reserved bit 2", 1002, c -> c.frame(FIN | 0x20 | TEXT, bytes('x'))),
        breaks("reserved bit 3", 1002, c -> c.frame(FIN | 0x10 | TEXT, bytes('x'))),
        breaks("reserved bit of a ping", 1002, c -> c.frame(FIN | 0x40 | 9, bytes())),
        breaks("opcode 3", 1002, c -> c.frame(FIN | 3, bytes('x'))),
        breaks("opcode 7", 1002, c -> c.frame(FIN | 7, bytes())),
        breaks("opcode 11", 1002, c -> c.frame(FIN | 11, bytes('x'))),
        breaks("opcode 15", 1002, c -> c.frame(FIN | 15, bytes())),
        breaks("no mask", 1002, c -> c.tcp.write(bytes(FIN | TEXT, 1, 'x'))),
        breaks("a ping of 126 bytes", 1002, c -> c.frame(FIN | 9, new byte[126])),
        breaks("a fragmented ping", 1002, c -> c.frame(9, bytes('x'))),
        breaks("a fragmented close", 1002, c -> c.frame(8, bytes(3, 232))),
        breaks("a length longer than need be", 1002, Rfc6455Test::longLength),
        breaks("a lone continuation", 1002, c -> c.frame(FIN | MORE, bytes('x'))),
        breaks("a lone open continuation", 1002, c -> c.frame(MORE, bytes('x'))),
        breaks(
            "a message inside a message",
            1002,
            c -> c.frame(TEXT, bytes('a')).frame(FIN | TEXT, bytes('b'))),
        breaks("bytes that are not UTF-8", 1007, c -> c.frame(FIN | TEXT, bytes(0xff))),
        breaks("an overlong form", 1007, c -> c.frame(FIN | TEXT, bytes(0xc0, 0xaf))),
        breaks(
            "an overlong form of three", 1007, c -> c.frame(FIN | TEXT, bytes(0xe0, 0x80, 0xaf))),
        breaks("a surrogate", 1007, c -> c.frame(FIN | TEXT, bytes(0xed, 0xa0, 0x80))),
        breaks("beyond U+10FFFF", 1007, c -> c.frame(FIN | TEXT, bytes(0xf4, 0x90, 0x80, 0x80))),
        breaks("a character cut short", 1007, c -> c.frame(FIN | TEXT, bytes(0xe2, 0x82))),
        breaks("binary that is not UTF-8", 1007, c -> c.frame(FIN | 2, bytes(0xff))),
        breaks(
            "not UTF-8 over fragments",
            1007,
            c -> c.frame(TEXT, bytes('a', 0xe2)).frame(FIN | MORE, bytes(0x28, 0xa1))),
        breaks("a message of too many bytes", 1009, c -> c.frame(FIN | TEXT, new byte[4_097])),
        breaks("a frame of too many bytes", 1009, c -> c.frame(FIN | TEXT, new byte[65_536])),
        breaks(
            "too many bytes over fragments",
            1009,
            c -> c.frame(TEXT, ascii(4_000)).frame(FIN | MORE, ascii(97))),
        breaks("too many fragments", 1009, c -> fragments(c, 9, "x")),
        breaks("too many empty fragments", 1009, c -> fragments(c, 9, "")));
  }

  private static byte[] ascii(int length) {
    byte[] text = new byte[length];
    Arrays.fill(text, (byte) 'x');
    return text;
  }

  private static void longLength(WebSocketClient client) {
    client.tcp.write(bytes(FIN | TEXT, 0x80 | 126, 0, 5, 0, 0, 0, 0, 'h', 'e', 'l', 'l', 'o'));
  }

  private static void fragments(WebSocketClient client, int count, String each) {
    client.frame(TEXT, each.getBytes(UTF_8));
    for (int i = 1; i < count; i++) {
      client.frame(MORE, each.getBytes(UTF_8));
    }
  }

  @ParameterizedTest(name = "{0} closes with {1}")
  @MethodSource("violations")
  void violationsCloseTheSocket(String how, int code, Consumer<WebSocketClient> deed) {
    try (WebSocketClient client = open()) {
      deed.accept(client);

      assertThat(client.nextCloseCode()).isEqualTo(code);
      assertThat(client.tcp.ended()).isTrue();
      EchoSocket socket = server.onlySocket();
      Wait.until("closed", () -> socket.closed.get() == 1);
      assertThat(socket.heard).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1000, 1001, 1002, 1003, 1007, 1011, 1014, 3000, 3999, 4000, 4999})
  void echoesCloseCodesThatAreAllowed(int code) {
    try (WebSocketClient client = open()) {
      client.close(code, "bye");

      assertThat(client.nextCloseCode()).isEqualTo(code);
      assertThat(client.tcp.ended()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65_535})
  void refusesCloseCodesThatAreNot(int code) {
    try (WebSocketClient client = open()) {
      client.close(code, "");

      assertThat(client.nextCloseCode()).isEqualTo(1002);
    }
  }

  @Test
  void echoesACloseWithoutACode() {
    try (WebSocketClient client = open()) {
      client.frame(FIN | WebSocketClient.CLOSE);

      WebSocketClient.Frame close = client.next();
      assertThat(close.opcode()).isEqualTo(WebSocketClient.CLOSE);
      assertThat(close.payload()).isEmpty();
      assertThat(client.tcp.ended()).isTrue();
    }
  }

  @Test
  void refusesACloseOfOneByte() {
    try (WebSocketClient client = open()) {
      client.frame(FIN | WebSocketClient.CLOSE, (byte) 3);

      assertThat(client.nextCloseCode()).isEqualTo(1002);
    }
  }

  @Test
  void refusesACloseReasonThatIsNotUtf8() {
    try (WebSocketClient client = open()) {
      client.frame(FIN | WebSocketClient.CLOSE, bytes(3, 232, 0xce, 0xba, 0xe1));

      assertThat(client.nextCloseCode()).isEqualTo(1007);
    }
  }

  @Test
  void putsFragmentsTogetherAndLetsControlFramesThrough() {
    try (WebSocketClient client = open()) {
      client.frame(TEXT, bytes(0xe2)).frame(FIN | WebSocketClient.PING, bytes(1));
      client.frame(MORE).frame(MORE, bytes(0x82)).frame(FIN | MORE, bytes(0xac));

      assertThat(client.next().opcode()).isEqualTo(WebSocketClient.PONG);
      assertThat(client.nextText()).isEqualTo("€");
      assertThat(client.text("next").nextText()).isEqualTo("next");
    }
  }

  @Test
  void takesAFrameThatArrivesByteByByte() {
    try (WebSocketClient client = open()) {
      for (byte b : WebSocketClient.masked(FIN | TEXT, "slowly".getBytes(UTF_8))) {
        client.tcp.write(b);
      }

      assertThat(client.nextText()).isEqualTo("slowly");
    }
  }

  @Test
  void hearsNothingAfterTheCloseFrame() {
    try (WebSocketClient client = open()) {
      client.close(1000, "").text("too late");

      assertThat(client.nextCloseCode()).isEqualTo(1000);
      assertThat(client.tcp.ended()).isTrue();
      assertThat(server.onlySocket().heard).isEmpty();
    }
  }
}
