package io.drawbridge.persistence;

import org.jspecify.annotations.Nullable;

/**
 * Finds what PostgreSQL could not keep in a body, before it joins others in a transaction that it
 * would then fail for all of them.
 */
final class BodyText {

  private BodyText() {}

  /** What is wrong with a JSON text; null if it can be kept. */
  static @Nullable String fault(String json) {
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      if (c == '\\') {
        if (json.startsWith("u0000", i + 1)) {
          return "body holds the character U+0000, which can't be kept";
        }
        i++;
      } else if (Character.isSurrogate(c)) {
        if (!Character.isSurrogatePair(c, i + 1 < json.length() ? json.charAt(i + 1) : 0)) {
          return "body holds half of a surrogate pair, which is no character";
        }
        i++;
      }
    }
    return null;
  }
}
