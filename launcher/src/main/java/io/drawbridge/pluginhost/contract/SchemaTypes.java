package io.drawbridge.pluginhost.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Which types a flat schema lets through, and which values, if they can be counted. */
final class SchemaTypes {

  private static final Set<String> ALL =
      Set.of("null", "boolean", "object", "array", "number", "string");

  private SchemaTypes() {}

  static Set<String> of(JsonNode schema) {
    return named(schema.path("type"));
  }

  private static Set<String> named(JsonNode type) {
    var types = new TreeSet<String>();
    if (type.isTextual()) {
      types.add(type.textValue());
    } else if (type.isArray()) {
      type.forEach(each -> types.add(each.asText()));
    } else {
      types.addAll(ALL);
    }
    return types;
  }

  /** Those of the first that the second does not take. An integer is a number. */
  static Set<String> missing(Set<String> types, Set<String> taken) {
    var missing = new TreeSet<>(types);
    missing.removeAll(taken);
    if (taken.contains("number")) {
      missing.remove("integer");
    }
    return missing;
  }

  static Set<String> common(JsonNode one, JsonNode other) {
    return common(named(one), named(other));
  }

  static Set<String> common(Set<String> one, Set<String> other) {
    var common = new TreeSet<>(one);
    common.retainAll(other);
    if (meetAsInteger(one, other) || meetAsInteger(other, one)) {
      common.add("integer");
    }
    return common;
  }

  private static boolean meetAsInteger(Set<String> one, Set<String> other) {
    return one.contains("integer") && other.contains("number") && !one.contains("number");
  }

  static ArrayNode node(Set<String> types) {
    ArrayNode node = JsonNodeFactory.instance.arrayNode();
    types.forEach(node::add);
    return node;
  }

  /** Every value that can pass, or null if there are too many to say. */
  static @Nullable List<JsonNode> values(JsonNode schema) {
    if (schema.has("const")) {
      return List.of(schema.get("const"));
    }
    var values = new ArrayList<JsonNode>();
    if (schema.has("enum")) {
      schema.get("enum").forEach(values::add);
      return values;
    }
    Set<String> types = of(schema);
    if (!Set.of("null", "boolean").containsAll(types)) {
      return null;
    }
    if (types.contains("null")) {
      values.add(NullNode.getInstance());
    }
    if (types.contains("boolean")) {
      values.addAll(List.of(BooleanNode.TRUE, BooleanNode.FALSE));
    }
    return values;
  }
}
