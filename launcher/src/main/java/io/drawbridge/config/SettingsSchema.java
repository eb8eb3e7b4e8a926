package io.drawbridge.config;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** The schemas of our own files: the one place where keys, bounds and defaults are written down. */
final class SettingsSchema {

  private static final ObjectNode DRAWBRIDGE = load("drawbridge.schema.json");

  private SettingsSchema() {}

  /** What {@code drawbridge.json} may say. Not to be changed. */
  static ObjectNode drawbridge() {
    return DRAWBRIDGE;
  }

  /** What {@code users.json} may say. Not to be changed. */
  static ObjectNode users() {
    return load("users.schema.json");
  }

  /** The schema of one value in {@code drawbridge.json}, such as {@code /limits/queueBytes}. */
  static JsonNode of(String pointer) {
    JsonNode schema = DRAWBRIDGE;
    for (JsonPointer at = JsonPointer.compile(pointer); !at.matches(); at = at.tail()) {
      JsonNode property = schema.path("properties").path(at.getMatchingProperty());
      schema = property.isMissingNode() ? schema.path("items") : property;
    }
    return schema;
  }

  private static ObjectNode load(String resource) {
    try (InputStream in = SettingsSchema.class.getResourceAsStream(resource)) {
      return StrictJson.read(Objects.requireNonNull(in, resource).readAllBytes(), resource);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
