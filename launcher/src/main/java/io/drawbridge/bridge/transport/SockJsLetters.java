package io.drawbridge.bridge.transport;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The frames of SockJS, which begin with a letter each: open, heartbeat, array, close. */
final class SockJsLetters {

  static final byte[] OPEN = {'o'};
  static final byte[] HEARTBEAT = {'h'};

  private SockJsLetters() {}

  /** {@code a["…","…"]}. */
  static byte[] array(List<EncodedFrame> frames) {
    byte[] array = new byte[arrayLength(frames)];
    int at = 0;
    array[at++] = 'a';
    array[at++] = '[';
    for (EncodedFrame frame : frames) {
      if (at > 2) {
        array[at++] = ',';
      }
      byte[] quoted = frame.sockJs();
      System.arraycopy(quoted, 0, array, at, quoted.length);
      at += quoted.length;
    }
    array[at] = ']';
    return array;
  }

  static int arrayLength(List<EncodedFrame> frames) {
    int length = 2 + frames.size();
    for (EncodedFrame frame : frames) {
      length += frame.sockJs().length;
    }
    return length;
  }

  /** {@code c[code,"reason"]}. */
  static byte[] close(int code, String reason) {
    byte[] quoted = SockJsFraming.quote(reason.getBytes(StandardCharsets.UTF_8));
    return Buffer.buffer("c[" + code + ",").appendBytes(quoted).appendString("]").getBytes();
  }
}
