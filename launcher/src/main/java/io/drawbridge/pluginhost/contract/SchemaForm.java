package io.drawbridge.pluginhost.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * A schema without what decides nothing: words for readers, defaults, the order of what is a set,
 * and the ways to write a number.
 */
final class SchemaForm {

  /** Keywords that let no more and no less through. */
  private static final Set<String> WORDS =
      Set.of(
          "title",
          "description",
          "default",
          "examples",
          "example",
          "deprecated",
          "readOnly",
          "writeOnly",
          "contentMediaType",
          "contentEncoding",
          "contentSchema",
          "$comment",
          "$schema",
          "$id",
          "$anchor",
          "$defs",
          "definitions");

  private static final Set<String> SETS = Set.of("enum", "required", "type");
  private static final Set<String> MAPS =
      Set.of("properties", "patternProperties", "dependentSchemas");
  private static final Set<String> LISTS = Set.of("allOf", "anyOf", "oneOf", "prefixItems");
  private static final Set<String> SCHEMAS =
      Set.of(
          "additionalProperties",
          "propertyNames",
          "unevaluatedProperties",
          "items",
          "contains",
          "unevaluatedItems",
          "not",
          "if",
          "then",
          "else");

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private SchemaForm() {}

  /** Whether a keyword is for readers only. */
  static boolean isWords(String keyword) {
    return WORDS.contains(keyword) || keyword.startsWith("x-");
  }

  static JsonNode of(JsonNode schema) {
    if (!schema.isObject()) {
      return schema;
    }
    ObjectNode form = NODES.objectNode();
    schema
        .properties()
        .forEach(
            entry -> {
              if (!isWords(entry.getKey())) {
                form.set(entry.getKey(), value(entry.getKey(), entry.getValue()));
              }
            });
    return form;
  }

  private static JsonNode value(String keyword, JsonNode value) {
    if (MAPS.contains(keyword) && value.isObject()) {
      ObjectNode map = NODES.objectNode();
      value.properties().forEach(entry -> map.set(entry.getKey(), of(entry.getValue())));
      return map;
    }
    if (LISTS.contains(keyword)) {
      ArrayNode list = NODES.arrayNode();
      value.forEach(each -> list.add(of(each)));
      return list;
    }
    if (SCHEMAS.contains(keyword)) {
      return of(value);
    }
    return SETS.contains(keyword) && value.isArray() ? sorted(value) : plain(value);
  }

  private static JsonNode sorted(JsonNode values) {
    ArrayNode sorted = NODES.arrayNode();
    StreamSupport.stream(values.spliterator(), false)
        .map(SchemaForm::plain)
        .distinct()
        .sorted(Comparator.comparing(JsonNode::toString))
        .forEach(sorted::add);
    return sorted;
  }

  /** A value in which 1 and 1.0 are one. */
  static JsonNode plain(JsonNode value) {
    if (value.isNumber()) {
      return NODES.numberNode(number(value));
    }
    if (value.isArray()) {
      ArrayNode list = NODES.arrayNode();
      value.forEach(each -> list.add(plain(each)));
      return list;
    }
    if (value.isObject()) {
      ObjectNode object = NODES.objectNode();
      value.properties().forEach(entry -> object.set(entry.getKey(), plain(entry.getValue())));
      return object;
    }
    return value;
  }

  private static BigDecimal number(JsonNode value) {
    BigDecimal exact = value.decimalValue();
    return exact.signum() == 0 ? BigDecimal.ZERO : exact.stripTrailingZeros();
  }

  /** The references in a schema, at any depth. */
  static Set<String> references(JsonNode schema) {
    var found = new LinkedHashSet<String>();
    for (String keyword : Set.of("$ref", "$dynamicRef")) {
      schema
          .findValues(keyword)
          .forEach(
              value -> {
                if (value.isTextual()) {
                  found.add(value.textValue());
                }
              });
    }
    return found;
  }
}
