package io.drawbridge.bridge.transport;

import java.io.Closeable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A WebSocket client that can do everything wrong. */
final class WebSocketClient implements Closeable {

  static final int CONTINUATION = 0;
  static final int TEXT = 1;
  static final int BINARY = 2;
  static final int CLOSE = 8;
  static final int PING = 9;
  static final int PONG = 10;
  static final int FIN = 0x80;

  private static final int MASK = 0x1a2b3c4d;

  final TestClient tcp;
  final TestClient.Response handshake;

  private WebSocketClient(TestClient tcp, TestClient.Response handshake) {
    this.tcp = tcp;
    this.handshake = handshake;
  }

  static WebSocketClient open(int port, String path, String... headers) {
    return open(TestClient.connect(port), path, headers);
  }

  static WebSocketClient open(TestClient tcp, String path, String... headers) {
    String[] all = new String[headers.length + 4];
    all[0] = "Upgrade: websocket";
    all[1] = "Connection: Upgrade";
    all[2] = "Sec-WebSocket-Version: 13";
    all[3] = "Sec-WebSocket-Key: x3JJHMbDL1EzLkh9GBhXDw==";
    System.arraycopy(headers, 0, all, 4, headers.length);
    TestClient.Response handshake = tcp.request("GET", path, "", all).response();
    return new WebSocketClient(tcp, handshake);
  }

  /** What a frame holds. */
  record Frame(int opcode, byte[] payload) {
    String text() {
      return new String(payload, StandardCharsets.UTF_8);
    }

    /** A close frame's code; 1005 if it has none. */
    int code() {
      return payload.length < 2 ? 1005 : ByteBuffer.wrap(payload).getShort() & 0xffff;
    }

    String reason() {
      return payload.length < 2
          ? ""
          : new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8);
    }
  }

  WebSocketClient text(String text) {
    return frame(FIN | TEXT, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Sends a masked frame; the first byte holds FIN, reserved bits and opcode. */
  WebSocketClient frame(int first, byte... payload) {
    tcp.write(masked(first, payload));
    return this;
  }

  static byte[] masked(int first, byte... payload) {
    ByteBuffer frame = ByteBuffer.allocate(14 + payload.length);
    frame.put((byte) first);
    if (payload.length < 126) {
      frame.put((byte) (0x80 | payload.length));
    } else if (payload.length < 65_536) {
      frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
    } else {
      frame.put((byte) (0x80 | 127)).putLong(payload.length);
    }
    frame.putInt(MASK);
    for (int i = 0; i < payload.length; i++) {
      frame.put((byte) (payload[i] ^ MASK >>> 8 * (3 - i % 4)));
    }
    byte[] bytes = new byte[frame.position()];
    frame.flip().get(bytes);
    return bytes;
  }

  WebSocketClient close(int code, String reason) {
    byte[] text = reason.getBytes(StandardCharsets.UTF_8);
    return frame(
        FIN | CLOSE, ByteBuffer.allocate(2 + text.length).putShort((short) code).put(text).array());
  }

  /** The server's next frame. */
  Frame next() {
    int first = tcp.bytes(1)[0] & 0xff;
    int length = tcp.bytes(1)[0] & 0xff;
    if (length == 126) {
      length = ByteBuffer.wrap(tcp.bytes(2)).getShort() & 0xffff;
    } else if (length == 127) {
      length = (int) ByteBuffer.wrap(tcp.bytes(8)).getLong();
    }
    return new Frame(first & 0xf, tcp.bytes(length));
  }

  /** The next frame's text. */
  String nextText() {
    Frame frame = next();
    if (frame.opcode() != TEXT) {
      throw new AssertionError("not text but opcode " + frame.opcode() + ": " + frame.reason());
    }
    return frame.text();
  }

  /** The code of the close frame that comes next. */
  int nextCloseCode() {
    Frame frame = next();
    if (frame.opcode() != CLOSE) {
      throw new AssertionError("not a close frame but opcode " + frame.opcode());
    }
    return frame.code();
  }

  @Override
  public void close() {
    tcp.close();
  }
}
