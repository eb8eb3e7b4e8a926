package io.drawbridge.pluginhost;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What Vert.x holds of JSON, as the validator wants it. */
final class BodyNodes {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private BodyNodes() {}

  /** What Vert.x holds, as the validator wants it. */
  static JsonNode node(@Nullable Object value) {
    if (value == null) {
      return NODES.nullNode();
    } else if (value instanceof JsonObject object) {
      return object(object.getMap());
    } else if (value instanceof Map<?, ?> map) {
      return object(map);
    } else if (value instanceof JsonArray array) {
      return array(array.getList());
    } else if (value instanceof Iterable<?> list) {
      return array(list);
    } else if (value instanceof String text) {
      return NODES.textNode(text);
    } else if (value instanceof Boolean flag) {
      return NODES.booleanNode(flag);
    }
    return value instanceof Number number ? number(number) : NODES.textNode(value.toString());
  }

  private static JsonNode number(Number number) {
    if (number instanceof Integer || number instanceof Short || number instanceof Byte) {
      return NODES.numberNode(number.intValue());
    } else if (number instanceof Long) {
      return NODES.numberNode(number.longValue());
    } else if (number instanceof BigInteger big) {
      return NODES.numberNode(big);
    } else if (number instanceof BigDecimal big) {
      return NODES.numberNode(big);
    }
    return NODES.numberNode(number.doubleValue());
  }

  private static JsonNode object(Map<?, ?> map) {
    ObjectNode node = NODES.objectNode();
    map.forEach((key, value) -> node.set(String.valueOf(key), node(value)));
    return node;
  }

  private static JsonNode array(Iterable<?> values) {
    var node = NODES.arrayNode();
    values.forEach(value -> node.add(node(value)));
    return node;
  }
}
