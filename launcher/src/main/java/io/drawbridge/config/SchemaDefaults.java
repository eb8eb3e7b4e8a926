package io.drawbridge.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Puts a schema's {@code default} wherever settings are silent. */
final class SchemaDefaults {

  private SchemaDefaults() {}

  static void fill(JsonNode value, JsonNode schema) {
    if (value instanceof ObjectNode object) {
      for (var property : schema.path("properties").properties()) {
        JsonNode fallback = property.getValue().get("default");
        if (fallback != null && !object.has(property.getKey())) {
          object.set(property.getKey(), fallback.deepCopy());
        }
        fill(object.path(property.getKey()), property.getValue());
      }
    } else if (value.isArray()) {
      value.forEach(item -> fill(item, schema.path("items")));
    }
  }
}
