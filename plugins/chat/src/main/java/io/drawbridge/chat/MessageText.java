package io.drawbridge.chat;

import org.jspecify.annotations.Nullable;

/** What may be said; its length is the schema's concern. */
final class MessageText {

  private MessageText() {}

  /** What is wrong with a text; null if it may be said. */
  static @Nullable String fault(String text) {
    if (text.codePoints().allMatch(MessageText::invisible)) {
      return "text must not be blank";
    }
    if (text.codePoints().anyMatch(MessageText::control)) {
      return "text must not hold control characters other than newline and tab";
    }
    // Pairs have become one code point each; what is left is half of one.
    if (text.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE)) {
      return "text must not hold half of a surrogate pair";
    }
    return null;
  }

  /** The beginning of a text, so many code points at most. */
  static String beginning(String text, int codePoints) {
    return text.codePointCount(0, text.length()) <= codePoints
        ? text
        : text.substring(0, text.offsetByCodePoints(0, codePoints));
  }

  private static boolean invisible(int c) {
    return Character.isWhitespace(c)
        || Character.isSpaceChar(c)
        || Character.getType(c) == Character.FORMAT;
  }

  private static boolean control(int c) {
    return Character.isISOControl(c) && c != '\n' && c != '\t';
  }
}
