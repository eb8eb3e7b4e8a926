package io.drawbridge.bridge.transport;

/** The frame header of RFC 6455, 5.2, for what a server sends: unmasked, unfragmented text. */
final class WebSocketFraming {

  private static final int FIN_TEXT = 0x81;

  private WebSocketFraming() {}

  static byte[] textFrame(byte[] payload) {
    int head = headLength(payload.length);
    byte[] frame = new byte[head + payload.length];
    frame[0] = (byte) FIN_TEXT;
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

  private static int headLength(int payload) {
    if (payload < 126) {
      return 2;
    }
    return payload < 65_536 ? 4 : 10;
  }
}
