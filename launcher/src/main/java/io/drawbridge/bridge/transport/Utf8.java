package io.drawbridge.bridge.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/** Whether bytes are UTF-8: no overlong forms, no surrogates, nothing beyond U+10FFFF. */
final class Utf8 {

  private Utf8() {}

  static boolean valid(byte[] bytes) {
    return valid(Unpooled.wrappedBuffer(bytes));
  }

  static boolean valid(ByteBuf bytes) {
    return ByteBufUtil.isText(bytes, StandardCharsets.UTF_8);
  }
}
