package io.drawbridge.bridge.transport;

/** The frame header of RFC 6455, 5.2, for what a server sends: unmasked, unfragmented text. */
final class WebSocketFraming {

  static final int TEXT = 0x1;
  static final int CLOSE = 0x8;
  static final int PONG = 0xa;

  private static final int FIN = 0x80;

  private WebSocketFraming() {}

  static byte[] textFrame(byte[] payload) {
    return frame(TEXT, payload);
  }

  /** A whole frame. */
  static byte[] frame(int opcode, byte[] payload) {
    int head = headLength(payload.length);
    byte[] frame = new byte[head + payload.length];
    frame[0] = (byte) (FIN | opcode);
    if (head == 2) {
      frame[1] = (byte) payload.length;
    } else if (head == 4) {
      frame[1] = 126;
      frame[2] = (byte) (payload.length >>> 8);
      frame[3] = (byte) payload.length;
    } else {
      frame[1] = 127;
      for (int i = 0; i < 4; i++) {
        frame[6 + i] = (byte) (payload.length >>> (8 * (3 - i)));
      }
    }
    System.arraycopy(payload, 0, frame, head, payload.length);
    return frame;
  }

  static int headLength(int payload) {
    if (payload < 126) {
      return 2;
    }
    return payload < 65_536 ? 4 : 10;
  }
}
