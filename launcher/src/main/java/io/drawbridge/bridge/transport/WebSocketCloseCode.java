package io.drawbridge.bridge.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** WebSocket close codes and the payload that carries them (RFC 6455, 5.5.1 and 7.4). */
final class WebSocketCloseCode {

  static final int NORMAL = 1000;
  static final int PROTOCOL_ERROR = 1002;
  static final int NO_CODE = 1005;
  static final int BAD_UTF8 = 1007;
  static final int TOO_BIG = 1009;

  private static final int MOST_REASON_BYTES = 123;

  private WebSocketCloseCode() {}

  /** Reads a peer's close payload: its code, or 1005 where it gave none. */
  static int read(ByteBuf payload) throws WebSocketViolation {
    int length = payload.readableBytes();
    if (length == 0) {
      return NO_CODE;
    }
    if (length == 1) {
      throw new WebSocketViolation(PROTOCOL_ERROR, "a close payload of one byte");
    }
    int start = payload.readerIndex();
    int code = payload.getUnsignedShort(start);
    if (!sendable(code)) {
      throw new WebSocketViolation(PROTOCOL_ERROR, "close code " + code);
    }
    if (!ByteBufUtil.isText(payload, start + 2, length - 2, StandardCharsets.UTF_8)) {
      throw new WebSocketViolation(BAD_UTF8, "a close reason that is not UTF-8");
    }
    return code;
  }

  /** Whether a peer may put this code on the wire. */
  static boolean sendable(int code) {
    return (code >= 1000 && code <= 1003)
        || (code >= 1007 && code <= 1014)
        || (code >= 3000 && code <= 4999);
  }

  /** Writes a close payload; a reason that is too long is cut between characters. */
  static byte[] payload(int code, String reason) {
    if (code == NO_CODE) {
      return new byte[0];
    }
    byte[] text = reason.getBytes(StandardCharsets.UTF_8);
    int length = text.length;
    if (length > MOST_REASON_BYTES) {
      length = MOST_REASON_BYTES;
      while ((text[length] & 0xc0) == 0x80) {
        length--;
      }
    }
    byte[] payload = new byte[2 + length];
    payload[0] = (byte) (code >>> 8);
    payload[1] = (byte) code;
    System.arraycopy(Arrays.copyOf(text, length), 0, payload, 2, length);
    return payload;
  }
}
