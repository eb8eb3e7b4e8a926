package io.drawbridge.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/** Makes a schema refuse the keys that it doesn't describe, unless it says something of them. */
final class ClosedObjects {

  /** With any of these a key may be described elsewhere than in {@code properties}. */
  private static final Set<String> OPEN =
      Set.of(
          "additionalProperties",
          "unevaluatedProperties",
          "patternProperties",
          "dependentSchemas",
          "$ref",
          "$dynamicRef",
          "allOf",
          "anyOf",
          "oneOf",
          "if");

  private ClosedObjects() {}

  static void close(JsonNode schema) {
    if (!(schema instanceof ObjectNode object)) {
      return;
    }
    if (object.has("properties") && OPEN.stream().noneMatch(object::has)) {
      object.put("additionalProperties", false);
    }
    object.path("properties").forEach(ClosedObjects::close);
    close(object.path("items"));
  }
}
