package io.drawbridge.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Says in a few words what a schema expects: {@code an integer from 0 to 65535}. */
final class Expectation {

  private Expectation() {}

  static String of(JsonNode schema) {
    JsonNode words = schema.path("enum");
    if (words.isArray()) {
      return oneOf(words);
    }
    JsonNode type = schema.path("type");
    if (!type.isArray()) {
      return one(type.asText(), schema);
    }
    List<String> kinds = new ArrayList<>();
    type.forEach(kind -> kinds.add(one(kind.asText(), schema)));
    return String.join(" or ", kinds);
  }

  static String oneOf(JsonNode words) {
    return "one of " + join(words);
  }

  private static String one(String type, JsonNode schema) {
    return switch (type) {
      case "integer" -> "an integer" + range(schema);
      case "number" -> "a number" + range(schema);
      case "boolean" -> "true or false";
      case "array" -> "a list" + items(schema);
      case "object" -> "an object";
      case "null" -> "null";
      case "string" -> "a string";
      default -> "another value";
    };
  }

  private static String items(JsonNode schema) {
    return switch (schema.path("items").path("type").asText()) {
      case "string" -> " of strings";
      case "object" -> " of objects";
      case "integer" -> " of integers";
      default -> "";
    };
  }

  private static String range(JsonNode schema) {
    String above =
        schema.has("exclusiveMinimum") ? " above " + schema.get("exclusiveMinimum").asText() : "";
    String least = schema.path("minimum").asText();
    String most = schema.path("maximum").asText();
    if (!least.isEmpty() && !most.isEmpty()) {
      return " from " + least + " to " + most;
    }
    if (!least.isEmpty()) {
      return " of at least " + least;
    }
    return most.isEmpty() ? above : above + (above.isEmpty() ? " up to " : ", up to ") + most;
  }

  private static String join(JsonNode words) {
    List<String> texts = new ArrayList<>();
    words.forEach(word -> texts.add(word.toString()));
    return String.join(", ", texts);
  }
}
