package io.drawbridge.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;

/** Shows a value in a message: short, in one line, with nothing that a terminal would obey. */
final class Quoted {

  private static final int LONGEST = 60;

  private Quoted() {}

  static String of(String text) {
    return of(TextNode.valueOf(text));
  }

  static String of(JsonNode value) {
    if (value.isObject()) {
      return value.isEmpty() ? "{}" : "{…}";
    }
    if (value.isArray()) {
      return value.isEmpty() ? "[]" : "[…]";
    }
    String text = value.toString().replaceAll("\\p{Cc}", "?");
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…\"";
  }
}
