package io.drawbridge.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.json.JsonObject;

/** Turns Vert.x's JSON into Jackson's, which the schemas need, and back. */
final class Trees {

  private Trees() {}

  static ObjectNode of(JsonObject object) {
    try {
      return (ObjectNode) StrictJson.MAPPER.readTree(object.encode());
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  static JsonObject of(ObjectNode tree) {
    return new JsonObject(tree.toString());
  }
}
