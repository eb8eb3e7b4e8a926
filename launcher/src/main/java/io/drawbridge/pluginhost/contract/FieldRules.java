package io.drawbridge.pluginhost.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Whether all objects and arrays that one flat schema lets through pass another, field by field.
 *
 * <p>What a schema that names fields does not describe, nobody is taken to send: otherwise no field
 * could ever be added to a request, since a client might have sent one of that name. A schema that
 * says nothing at all is taken at its word, and so is one of further fields.
 */
final class FieldRules {

  /** Marks the schema of an address that has none: any object, and any field in it. */
  static final String ANYTHING = "$anything";

  private static final JsonNode TRUE = BooleanNode.TRUE;

  /** Compares what stands in a field or an item. */
  @FunctionalInterface
  interface Deeper {
    void compare(JsonNode from, JsonNode to, String pointer);
  }

  private final JsonNode from;
  private final JsonNode to;
  private final String pointer;
  private final SchemaFindings findings;
  private final Deeper deeper;

  FieldRules(JsonNode from, JsonNode to, String pointer, SchemaFindings findings, Deeper deeper) {
    this.from = from;
    this.to = to;
    this.pointer = pointer;
    this.findings = findings;
    this.deeper = deeper;
  }

  void ofObjects() {
    required();
    Set<String> described = names(from.path("properties"));
    for (String name : described) {
      field(SchemaParts.all(schemas(from, name)), name);
    }
    for (String name : names(to.path("properties"))) {
      if (!described.contains(name) && maySend(name)) {
        field(SchemaParts.all(schemas(from, name)), name);
      }
    }
    patterns();
    further();
  }

  private void required() {
    var sure = new HashSet<String>();
    from.path("required").forEach(name -> sure.add(name.asText()));
    for (JsonNode name : to.path("required")) {
      if (!sure.contains(name.asText())) {
        findings.add(
            pointer + "/required",
            name + " is newly required",
            name + " is no longer always there",
            "Let it be as it was: optional what is sent, required what is received");
      }
    }
  }

  /** Whether a field that isn't described was to be expected all the same. */
  private boolean maySend(String name) {
    return from.has(ANYTHING)
        || from.isEmpty()
        || further(from).isObject()
        || !matching(from, name).isEmpty();
  }

  private void field(JsonNode own, String name) {
    String place = "/properties/" + name.replace("~", "~0").replace("/", "~1");
    if (further(to).equals(BooleanNode.FALSE) && schemas(to, name).contains(BooleanNode.FALSE)) {
      findings.add(
          pointer + "/additionalProperties",
          "\"" + name + "\" is no longer taken",
          "\"" + name + "\" is new, and no further fields were to come",
          "Keep the object open, or its fields as they were");
      return;
    }
    boolean described = to.path("properties").has(name);
    for (JsonNode wanted : schemas(to, name)) {
      deeper.compare(own, wanted, pointer + (described ? place : "/additionalProperties"));
    }
  }

  /** All that a schema says of a field. */
  private static List<JsonNode> schemas(JsonNode schema, String name) {
    List<JsonNode> all = matching(schema, name);
    JsonNode own = schema.path("properties").get(name);
    if (own != null) {
      all.add(0, own);
    }
    return all.isEmpty() ? List.of(further(schema)) : all;
  }

  private static List<JsonNode> matching(JsonNode schema, String name) {
    var matching = new ArrayList<JsonNode>();
    schema
        .path("patternProperties")
        .properties()
        .forEach(
            entry -> {
              if (Pattern.compile(entry.getKey()).matcher(name).find()) {
                matching.add(entry.getValue());
              }
            });
    return matching;
  }

  private void patterns() {
    JsonNode own = from.path("patternProperties");
    JsonNode wanted = to.path("patternProperties");
    for (String pattern : names(wanted)) {
      if (own.has(pattern)) {
        deeper.compare(
            own.get(pattern), wanted.get(pattern), pointer + "/patternProperties/" + pattern);
      } else {
        findings.unclear(pointer + "/patternProperties", "the pattern " + pattern + " of names");
      }
    }
    for (String pattern : names(own)) {
      if (!wanted.has(pattern)) {
        deeper.compare(own.get(pattern), further(to), pointer + "/additionalProperties");
      }
    }
  }

  private void further() {
    JsonNode own = further(from);
    JsonNode wanted = further(to);
    if (wanted.equals(BooleanNode.FALSE) && !own.equals(BooleanNode.FALSE)) {
      findings.add(
          pointer + "/additionalProperties",
          "takes no further fields any more",
          "may now hold further fields",
          "Keep it as it was");
    } else {
      deeper.compare(own, wanted, pointer + "/additionalProperties");
    }
  }

  private static JsonNode further(JsonNode schema) {
    return schema.has("additionalProperties") ? schema.get("additionalProperties") : TRUE;
  }

  private static Set<String> names(JsonNode map) {
    var names = new LinkedHashSet<String>();
    map.fieldNames().forEachRemaining(names::add);
    return names;
  }

  void ofArrays() {
    int first = Math.max(from.path("prefixItems").size(), to.path("prefixItems").size());
    for (int i = 0; i < first; i++) {
      String place = to.path("prefixItems").has(i) ? "/prefixItems/" + i : "/items";
      deeper.compare(item(from, i), item(to, i), pointer + place);
    }
    deeper.compare(item(from, first), item(to, first), pointer + "/items");
  }

  private static JsonNode item(JsonNode schema, int index) {
    JsonNode own = schema.path("prefixItems").get(index);
    if (own != null) {
      return own;
    }
    return schema.has("items") ? schema.get("items") : TRUE;
  }
}
