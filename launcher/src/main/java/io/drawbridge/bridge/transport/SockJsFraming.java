package io.drawbridge.bridge.transport;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The string encoding of SockJS frames: a JSON string in which everything that some browser or
 * proxy mangles is escaped (SockJS protocol 0.3.3, "Encoding").
 */
final class SockJsFraming {

  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private SockJsFraming() {}

  /** Quotes UTF-8 text; the result is ASCII wherever SockJS asks for an escape. */
  static byte[] quote(byte[] utf8) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(utf8.length + utf8.length / 4 + 16);
    out.write('"');
    if (isAscii(utf8)) {
      for (byte b : utf8) {
        quoteChar(out, (char) b);
      }
    } else {
      String text = new String(utf8, StandardCharsets.UTF_8);
      for (int i = 0; i < text.length(); i++) {
        quoteText(out, text, i);
      }
    }
    out.write('"');
    return out.toByteArray();
  }

  private static void quoteText(ByteArrayOutputStream out, String text, int at) {
    char c = text.charAt(at);
    if (c < 0x80) {
      quoteChar(out, c);
    } else if (mangled(c)) {
      unicodeEscape(out, c);
    } else {
      out.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
    }
  }

  private static void quoteChar(ByteArrayOutputStream out, char c) {
    switch (c) {
      case '"', '\\' -> shortEscape(out, c);
      case '\n' -> shortEscape(out, 'n');
      case '\r' -> shortEscape(out, 'r');
      case '\t' -> shortEscape(out, 't');
      case '\b' -> shortEscape(out, 'b');
      case '\f' -> shortEscape(out, 'f');
      default -> {
        if (c < 0x20 || c == 0x7f) {
          unicodeEscape(out, c);
        } else {
          out.write(c);
        }
      }
    }
  }

  private static void shortEscape(ByteArrayOutputStream out, char letter) {
    out.write('\\');
    out.write(letter);
  }

  /** The ranges that SockJS's own test suite names; surrogates among them. */
  private static boolean mangled(char c) {
    return (c >= 0x80 && c <= 0x9f)
        || c == 0xad
        || (c >= 0x0300 && c <= 0x036f)
        || (c >= 0x0600 && c <= 0x0604)
        || c == 0x070f
        || (c >= 0x17b4 && c <= 0x17b5)
        || (c >= 0x200c && c <= 0x200f)
        || (c >= 0x2028 && c <= 0x202f)
        || (c >= 0x2060 && c <= 0x206f)
        || (c >= 0xd800 && c <= 0xdfff)
        || c == 0xfeff
        || (c >= 0xfff0);
  }

  private static void unicodeEscape(ByteArrayOutputStream out, char c) {
    out.write('\\');
    out.write('u');
    for (int shift = 12; shift >= 0; shift -= 4) {
      out.write(HEX[(c >>> shift) & 0xf]);
    }
  }

  private static boolean isAscii(byte[] utf8) {
    for (byte b : utf8) {
      if (b < 0) {
        return false;
      }
    }
    return true;
  }
}
