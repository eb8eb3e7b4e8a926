package io.drawbridge.permission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns a body, in Vert.x's JSON values, into the tree that schemas are checked on. */
final class BodyNodes {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private BodyNodes() {}

  static JsonNode of(@Nullable Object value) {
    if (value instanceof JsonObject object) {
      return object(object.getMap());
    }
    if (value instanceof Map<?, ?> map) {
      return object(map);
    }
    if (value instanceof JsonArray array) {
      return array(array.getList());
    }
    if (value instanceof List<?> list) {
      return array(list);
    }
    if (value instanceof Boolean truth) {
      return NODES.booleanNode(truth);
    }
    if (value instanceof Number number) {
      return number(number);
    }
    return value == null ? NODES.nullNode() : NODES.textNode(value.toString());
  }

  private static JsonNode object(Map<?, ?> map) {
    ObjectNode node = NODES.objectNode();
    map.forEach((key, value) -> node.set(key.toString(), of(value)));
    return node;
  }

  private static JsonNode array(List<?> list) {
    ArrayNode node = NODES.arrayNode(list.size());
    list.forEach(value -> node.add(of(value)));
    return node;
  }

  private static JsonNode number(Number number) {
    if (number instanceof Integer whole) {
      return NODES.numberNode(whole);
    }
    if (number instanceof Long whole) {
      return NODES.numberNode(whole);
    }
    if (number instanceof BigInteger whole) {
      return NODES.numberNode(whole);
    }
    return number instanceof BigDecimal exact
        ? NODES.numberNode(exact)
        : NODES.numberNode(number.doubleValue());
  }
}
