package io.drawbridge.bridge.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Puts fragments together to messages, and bounds them: in bytes, in number (empty ones count, or
 * they would be free), and to UTF-8. That a continuation continues something, and that nothing else
 * comes in between, the frame decoder has already seen to.
 */
final class MessageAssembler {

  private final int mostBytes;
  private final int mostFragments;
  private byte @Nullable [] parts;
  private int length;
  private int fragments;

  MessageAssembler(int mostBytes, int mostFragments) {
    this.mostBytes = mostBytes;
    this.mostFragments = mostFragments;
  }

  /** Takes a data frame; gives the whole message with its last one, else null. */
  byte @Nullable [] add(WebSocketFrame frame) throws WebSocketViolation {
    ByteBuf content = frame.content();
    fragments++;
    if (fragments > mostFragments) {
      throw new WebSocketViolation(
          WebSocketCloseCode.TOO_BIG, "a message of more than " + mostFragments + " fragments");
    }
    if (content.readableBytes() > mostBytes - length) {
      throw new WebSocketViolation(
          WebSocketCloseCode.TOO_BIG, "a message of more than " + mostBytes + " bytes");
    }
    if (parts == null && frame.isFinalFragment()) {
      fragments = 0;
      return checked(content);
    }
    append(content);
    return frame.isFinalFragment() ? assembled() : null;
  }

  private static byte[] checked(ByteBuf content) throws WebSocketViolation {
    if (!Utf8.valid(content)) {
      throw notUtf8();
    }
    return ByteBufUtil.getBytes(content);
  }

  private void append(ByteBuf content) {
    int more = content.readableBytes();
    byte[] grown = parts == null ? new byte[more] : parts;
    if (length + more > grown.length) {
      grown = Arrays.copyOf(grown, Math.min(mostBytes, Math.max(2 * length, length + more)));
    }
    content.getBytes(content.readerIndex(), grown, length, more);
    parts = grown;
    length += more;
  }

  private byte[] assembled() throws WebSocketViolation {
    byte[] whole = parts == null ? new byte[0] : Arrays.copyOf(parts, length);
    parts = null;
    length = 0;
    fragments = 0;
    if (!Utf8.valid(whole)) {
      throw notUtf8();
    }
    return whole;
  }

  private static WebSocketViolation notUtf8() {
    return new WebSocketViolation(WebSocketCloseCode.BAD_UTF8, "text that is not UTF-8");
  }
}
