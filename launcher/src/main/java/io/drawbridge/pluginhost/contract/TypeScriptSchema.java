package io.drawbridge.pluginhost.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes a JSON Schema as TypeScript types, one for the whole and one for each definition that it
 * refers to. What types can't say (bounds, patterns, conditions) is left out, so that a type takes
 * at least what the schema takes.
 */
final class TypeScriptSchema {

  static final String ANY_OBJECT = "{ [key: string]: unknown }";

  private static final String UNKNOWN = "unknown";

  private record Named(String name, JsonNode schema) {}

  private final SchemaDocument document;
  private final AddressNames names;
  private final String name;
  private final Map<String, String> referred = new HashMap<>();
  private final Deque<Named> owed = new ArrayDeque<>();

  TypeScriptSchema(JsonNode root, String name, AddressNames names) {
    this.document = new SchemaDocument(root);
    this.name = name;
    this.names = names;
    referred.put("#", name);
  }

  /** Declares the type and those that it needs. */
  String declarations(String words) {
    var written = new StringBuilder(declaration(new Named(name, document.root()), words));
    while (!owed.isEmpty()) {
      Named next = owed.remove();
      written.append(declaration(next, next.schema().path("description").asText("")));
    }
    return written.toString();
  }

  private String declaration(Named type, String words) {
    return TypeScriptText.comment(words, "")
        + "export type "
        + type.name()
        + " = "
        + type(type.schema(), "")
        + ";\n";
  }

  private String type(JsonNode schema, String indent) {
    if (!schema.isObject()) {
      return schema.asBoolean(true) ? UNKNOWN : "never";
    }
    Set<String> all = new LinkedHashSet<>();
    if (schema.has("$ref")) {
      all.add(reference(schema.get("$ref").asText()));
    }
    schema.path("allOf").forEach(each -> all.add(type(each, indent)));
    for (String choice : List.of("anyOf", "oneOf")) {
      if (schema.has(choice)) {
        var either = new LinkedHashSet<String>();
        schema.get(choice).forEach(each -> either.add(type(each, indent)));
        all.add(union(either));
      }
    }
    all.remove(UNKNOWN);
    String own = own(schema, indent);
    if (all.isEmpty() || !Set.of(UNKNOWN, ANY_OBJECT).contains(own)) {
      all.add(own);
    }
    return intersection(all);
  }

  private static String union(Set<String> types) {
    return types.contains(UNKNOWN) ? UNKNOWN : String.join(" | ", types);
  }

  private static String intersection(Set<String> types) {
    if (types.size() == 1) {
      return types.iterator().next();
    }
    return String.join(" & ", types.stream().map(type -> "(" + type + ")").toList());
  }

  private String reference(String reference) {
    JsonNode target = document.target(reference);
    if (target == null) {
      return UNKNOWN;
    }
    return referred.computeIfAbsent(
        reference,
        unnamed -> {
          String last = unnamed.substring(unnamed.lastIndexOf('/') + 1);
          String given = names.type(name, last);
          owed.add(new Named(given, target));
          return given;
        });
  }

  /** What the schema's own keywords say, those that put schemas together left aside. */
  private String own(JsonNode schema, String indent) {
    if (schema.has("const")) {
      return TypeScriptText.literal(schema.get("const"));
    }
    var types = new LinkedHashSet<String>();
    if (schema.has("enum")) {
      schema.get("enum").forEach(value -> types.add(TypeScriptText.literal(value)));
      return types.isEmpty() ? "never" : union(types);
    }
    JsonNode type = schema.path("type");
    if (type.isArray()) {
      type.forEach(each -> types.add(ofType(each.asText(), schema, indent)));
      return union(types);
    }
    return type.isTextual() ? ofType(type.textValue(), schema, indent) : guessed(schema, indent);
  }

  /** Who names fields or items means an object or an array, and seldom says so. */
  private String guessed(JsonNode schema, String indent) {
    if (schema.has("properties") || schema.has("required") || schema.has("additionalProperties")) {
      return object(schema, indent);
    }
    return schema.has("items") || schema.has("prefixItems") ? array(schema, indent) : UNKNOWN;
  }

  private String ofType(String type, JsonNode schema, String indent) {
    return switch (type) {
      case "integer" -> "number";
      case "object" -> object(schema, indent);
      case "array" -> array(schema, indent);
      default -> type;
    };
  }

  private String array(JsonNode schema, String indent) {
    JsonNode rest = schema.has("items") ? schema.get("items") : BooleanNode.TRUE;
    JsonNode first = schema.path("prefixItems");
    if (first.isEmpty()) {
      return "Array<" + type(rest, indent) + ">";
    }
    var items = new ArrayList<String>();
    int least = schema.path("minItems").asInt(0);
    for (int i = 0; i < first.size(); i++) {
      items.add("(" + type(first.get(i), indent) + ")" + (i < least ? "" : "?"));
    }
    if (!rest.equals(BooleanNode.FALSE)) {
      items.add("...Array<" + type(rest, indent) + ">");
    }
    return "[" + String.join(", ", items) + "]";
  }

  private String object(JsonNode schema, String indent) {
    var required = new LinkedHashSet<String>();
    schema.path("required").forEach(each -> required.add(each.asText()));
    var names = new LinkedHashSet<String>();
    schema.path("properties").fieldNames().forEachRemaining(names::add);
    names.addAll(required);
    JsonNode further = schema.path("additionalProperties");
    if (names.isEmpty() && !further.isObject()) {
      boolean closed = further.equals(BooleanNode.FALSE) && !schema.has("patternProperties");
      return closed ? "Record<string, never>" : ANY_OBJECT;
    }
    String deeper = indent + "  ";
    var kinds = new LinkedHashSet<String>();
    var written = new StringBuilder("{\n");
    for (String field : names) {
      JsonNode own = schema.path("properties").path(field);
      written.append(field(field, own, required.contains(field), deeper, kinds));
    }
    if (further.isObject()) {
      kinds.add(schema.has("patternProperties") ? UNKNOWN : type(further, deeper));
      written.append(deeper).append("[key: string]: ").append(union(kinds)).append(";\n");
    }
    return written.append(indent).append('}').toString();
  }

  /**
   * One field on a line of its own.
   *
   * @param kinds takes what may stand in it, which is what an index signature has to allow
   */
  private String field(
      String field, JsonNode schema, boolean required, String indent, Set<String> kinds) {
    String type = type(schema, indent);
    kinds.add(type);
    kinds.add(required ? type : "undefined");
    return TypeScriptText.comment(schema.path("description").asText(""), indent)
        + indent
        + TypeScriptText.field(field)
        + (required ? ": " : "?: ")
        + type
        + ";\n";
  }
}
