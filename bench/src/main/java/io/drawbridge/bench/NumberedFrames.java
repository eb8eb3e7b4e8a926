package io.drawbridge.bench;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Reads the number of a message out of its frame. The first frame is parsed as JSON and tells where
 * the number stands; every further one must be as long and have its number at the same place.
 */
final class NumberedFrames {

  private int frameLength;
  private int markAt;

  /** The number of the message that this frame carries. */
  int number(ByteBuffer buffer, int start, int length) {
    if (frameLength == 0) {
      learn(buffer, start, length);
    }
    if (length != frameLength || buffer.get(start + markAt) != ClientFrames.MARK) {
      throw new BenchException(
          "a frame that is not like the first: " + text(buffer, start, length));
    }
    int number = 0;
    for (int i = 1; i <= ClientFrames.DIGITS; i++) {
      number = number * 10 + buffer.get(start + markAt + i) - '0';
    }
    return number;
  }

  private void learn(ByteBuffer buffer, int start, int length) {
    String text = text(buffer, start, length);
    int mark = text.indexOf(ClientFrames.MARK);
    if (!isRec(text) || mark < 0) {
      throw new BenchException("expected a rec with a numbered body, got: " + text);
    }
    frameLength = length;
    markAt = mark;
  }

  private static boolean isRec(String text) {
    try {
      return "rec".equals(new JsonObject(text).getString("type"));
    } catch (DecodeException e) {
      return false;
    }
  }

  static String text(ByteBuffer buffer, int start, int length) {
    byte[] bytes = new byte[length];
    buffer.get(start, bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
