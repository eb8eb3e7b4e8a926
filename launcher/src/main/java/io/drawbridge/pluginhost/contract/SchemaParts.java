package io.drawbridge.pluginhost.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes a schema apart into what all has to hold, references and {@code allOf} resolved, and puts
 * it together as one flat schema that lets at least as much through.
 */
final class SchemaParts {

  /** Marks a flat schema that says less than its parts together. */
  static final String UNCLEAR = "$unclear";

  /** Where two parts differ in one of these, leaving both out only lets more through. */
  private static final Set<String> MAY_GO = Set.of("pattern", "format", "multipleOf", "not");

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /**
   * One part, without references and {@code allOf}.
   *
   * @param schema an object, or true or false
   * @param pointer where it stands in its document
   */
  record Part(JsonNode schema, String pointer) {}

  private final SchemaDocument document;
  private final List<Part> parts = new ArrayList<>();
  private final Set<String> followed = new HashSet<>();

  private SchemaParts(SchemaDocument document) {
    this.document = document;
  }

  static List<Part> of(SchemaDocument document, JsonNode schema, String pointer) {
    SchemaParts collected = new SchemaParts(document);
    collected.add(schema, pointer);
    return collected.parts;
  }

  private void add(JsonNode schema, String pointer) {
    if (!schema.isObject()) {
      parts.add(new Part(schema, pointer));
      return;
    }
    ObjectNode own = NODES.objectNode();
    schema
        .properties()
        .forEach(
            entry -> {
              if (!SchemaForm.isWords(entry.getKey())) {
                own.set(entry.getKey(), entry.getValue());
              }
            });
    own.remove("allOf");
    addTarget(own);
    if (!own.isEmpty()) {
      parts.add(new Part(own, pointer));
    }
    JsonNode all = schema.path("allOf");
    for (int i = 0; i < all.size(); i++) {
      add(all.get(i), pointer + "/allOf/" + i);
    }
  }

  /** What a reference names is a part; one that can't be followed stays as it is. */
  private void addTarget(ObjectNode own) {
    String reference = own.path("$ref").asText("");
    JsonNode target = document.target(reference);
    if (target != null) {
      own.remove("$ref");
      if (followed.add(reference)) {
        add(target, SchemaDocument.pointer(reference));
      }
    }
  }

  /** The flat schema; {@code false} if nothing can pass. */
  static JsonNode flat(SchemaDocument document, JsonNode schema) {
    ObjectNode flat = NODES.objectNode();
    for (Part part : of(document, schema, "")) {
      if (!part.schema().isObject()) {
        if (!part.schema().asBoolean(true)) {
          return BooleanNode.FALSE;
        }
        continue;
      }
      part.schema().properties().forEach(entry -> put(flat, entry.getKey(), entry.getValue()));
    }
    return flat;
  }

  private static void put(ObjectNode flat, String keyword, JsonNode value) {
    JsonNode known = flat.get(keyword);
    if (known == null) {
      flat.set(keyword, value);
    } else if (!known.equals(value)) {
      JsonNode both = both(keyword, known, value);
      if (both != null) {
        flat.set(keyword, both);
      } else if (MAY_GO.contains(keyword)) {
        flat.remove(keyword);
      } else {
        flat.put(UNCLEAR, true);
      }
    }
  }

  private static @Nullable JsonNode both(String keyword, JsonNode one, JsonNode other) {
    return switch (keyword) {
      case "required" -> united(one, other);
      case "properties" -> fields(one, other);
      case "type" -> SchemaTypes.node(SchemaTypes.common(one, other));
      case "enum" -> common(one, other);
      case "minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties" ->
          one.decimalValue().compareTo(other.decimalValue()) >= 0 ? one : other;
      case "maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties" ->
          one.decimalValue().compareTo(other.decimalValue()) <= 0 ? one : other;
      default -> null;
    };
  }

  private static ArrayNode united(JsonNode one, JsonNode other) {
    ArrayNode all = NODES.arrayNode();
    one.forEach(all::add);
    other.forEach(all::add);
    return all;
  }

  private static ArrayNode common(JsonNode one, JsonNode other) {
    Set<JsonNode> values = new HashSet<>();
    other.forEach(value -> values.add(SchemaForm.plain(value)));
    ArrayNode common = NODES.arrayNode();
    one.forEach(
        value -> {
          if (values.contains(SchemaForm.plain(value))) {
            common.add(value);
          }
        });
    return common;
  }

  private static ObjectNode fields(JsonNode one, JsonNode other) {
    ObjectNode fields = NODES.objectNode().setAll((ObjectNode) one);
    other
        .properties()
        .forEach(
            entry -> {
              JsonNode known = fields.get(entry.getKey());
              fields.set(entry.getKey(), known == null ? entry.getValue() : all(known, entry));
            });
    return fields;
  }

  private static JsonNode all(JsonNode known, java.util.Map.Entry<String, JsonNode> entry) {
    return known.equals(entry.getValue()) ? known : all(List.of(known, entry.getValue()));
  }

  /** A schema that asks for all of some. */
  static JsonNode all(List<JsonNode> schemas) {
    if (schemas.size() == 1) {
      return schemas.get(0);
    }
    ObjectNode all = NODES.objectNode();
    all.putArray("allOf").addAll(schemas);
    return all;
  }
}
