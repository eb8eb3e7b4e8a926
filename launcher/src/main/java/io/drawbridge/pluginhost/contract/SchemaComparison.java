package io.drawbridge.pluginhost.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drawbridge.pluginhost.contract.SchemaParts.Part;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whether all that one schema lets through passes another. For what clients send, the schema that
 * runs comes first and the one to come second; for what they get, the other way round. So one logic
 * does for both: a bound tightened breaks those who send, a bound loosened those who rely on it.
 *
 * <p>It errs on one side only: what it can't prove to pass is told as a difference. The one thing
 * that it takes for granted is told at {@link FieldRules}.
 */
final class SchemaComparison {

  /** Comparisons, nested ones counted, after which a pair of schemas is too intricate. */
  private static final int MOST_STEPS = 20_000;

  /** Keywords that are compared as a whole: they differ or they don't. */
  private static final List<List<String>> WHOLE =
      List.of(
          List.of("$ref"),
          List.of("$dynamicRef"),
          List.of("not"),
          List.of("if", "then", "else"),
          List.of("contains", "minContains", "maxContains"),
          List.of("dependentRequired"),
          List.of("dependentSchemas"),
          List.of("dependencies"),
          List.of("propertyNames"));

  private static final Set<String> OF_NEIGHBOURS =
      Set.of("unevaluatedProperties", "unevaluatedItems", "$recursiveRef");

  private record Pair(JsonNode from, JsonNode to) {}

  private final SchemaDocument fromDocument;
  private final SchemaDocument toDocument;
  private final Set<Pair> underWay = new HashSet<>();
  private SchemaFindings findings;
  private int steps;

  private SchemaComparison(JsonNode from, JsonNode to, SchemaFindings findings) {
    this.fromDocument = new SchemaDocument(from);
    this.toDocument = new SchemaDocument(to);
    this.findings = findings;
  }

  /**
   * Compares two whole schemas.
   *
   * @param narrowed what is known of the values beside the first schema; holds no reference
   */
  static void compare(JsonNode from, JsonNode narrowed, JsonNode to, SchemaFindings findings) {
    var comparison = new SchemaComparison(from, to, findings);
    if (!comparison.fromDocument.same(from, comparison.toDocument, to)) {
      comparison.parts(SchemaParts.all(List.of(narrowed, from)), to, "");
    }
  }

  private void compare(JsonNode from, JsonNode to, String pointer) {
    var pair = new Pair(from, to);
    if (tooIntricate(pointer) || !underWay.add(pair)) {
      return;
    }
    if (!fromDocument.same(from, toDocument, to)) {
      parts(from, to, pointer);
    }
    underWay.remove(pair);
  }

  private boolean tooIntricate(String pointer) {
    if (++steps > MOST_STEPS && findings.none()) {
      findings.unclear(pointer, "an intricate schema");
    }
    return steps > MOST_STEPS;
  }

  private void parts(JsonNode from, JsonNode to, String pointer) {
    JsonNode flat = SchemaParts.flat(fromDocument, from);
    if (!flat.isObject()) {
      return;
    }
    for (Part part : SchemaParts.of(toDocument, to, pointer)) {
      if (part.schema().isObject()) {
        part(flat, part.schema(), part.pointer());
      } else if (!part.schema().asBoolean(true)) {
        findings.add(
            part.pointer(), "nothing is taken here any more", "something may now come", "Keep it");
      }
    }
  }

  private void part(JsonNode from, JsonNode to, String pointer) {
    List<JsonNode> branches = branches(from, pointer);
    branches.forEach(branch -> flat(branch, to, pointer));
    for (String choice : List.of("anyOf", "oneOf")) {
      if (to.has(choice) && !sameIn(from, to, Set.of(choice))) {
        choice(branches, to, pointer, choice);
      }
    }
  }

  /** What passes a schema with alternatives passes one of these. */
  private List<JsonNode> branches(JsonNode flat, String pointer) {
    String choice = flat.has("oneOf") ? "oneOf" : "anyOf";
    if (!flat.has(choice) || tooIntricate(pointer)) {
      return List.of(flat);
    }
    ObjectNode rest = ((ObjectNode) flat).objectNode().setAll((ObjectNode) flat);
    rest.remove(choice);
    var branches = new ArrayList<JsonNode>();
    for (JsonNode each : flat.get(choice)) {
      JsonNode branch =
          SchemaParts.flat(fromDocument, SchemaParts.all(List.of((JsonNode) rest, each)));
      if (branch.isObject()) {
        branches.addAll(branches(branch, pointer));
      }
    }
    return branches;
  }

  private void flat(JsonNode from, JsonNode to, String pointer) {
    Set<String> types = SchemaTypes.of(from);
    var values = new ValueRules(from, to, pointer, findings);
    List<JsonNode> listed = SchemaTypes.values(from);
    if (listed != null && values.counted(listed, toDocument)) {
      return;
    }
    if (types.isEmpty() || !values.open()) {
      return;
    }
    var fields = new FieldRules(from, to, pointer, findings, this::compare);
    if (types.contains("object")) {
      fields.ofObjects();
    }
    if (types.contains("array")) {
      fields.ofArrays();
    }
    whole(from, to, pointer);
  }

  private void whole(JsonNode from, JsonNode to, String pointer) {
    for (List<String> keywords : WHOLE) {
      boolean asked = keywords.stream().anyMatch(to::has);
      if (asked && !sameIn(from, to, Set.copyOf(keywords))) {
        findings.unclear(pointer + "/" + keywords.get(0), keywords.get(0));
      }
    }
    for (String keyword : OF_NEIGHBOURS) {
      if (to.has(keyword)) {
        findings.unclear(pointer + "/" + keyword, "what stands beside " + keyword);
      }
    }
    if (from.has(SchemaParts.UNCLEAR)) {
      findings.unclear(pointer, "an allOf whose parts say different things");
    }
  }

  private boolean sameIn(JsonNode from, JsonNode to, Set<String> keywords) {
    return fromDocument.same(only(from, keywords), toDocument, only(to, keywords));
  }

  private static ObjectNode only(JsonNode schema, Set<String> keywords) {
    ObjectNode only = ((ObjectNode) schema).objectNode();
    keywords.stream().filter(schema::has).forEach(key -> only.set(key, schema.get(key)));
    return only;
  }

  private void choice(List<JsonNode> branches, JsonNode to, String pointer, String choice) {
    JsonNode alternatives = to.get(choice);
    if (choice.equals("oneOf") && !Alternatives.disjoint(toDocument, alternatives)) {
      findings.unclear(pointer + "/oneOf", "oneOf");
      return;
    }
    for (JsonNode branch : branches) {
      for (JsonNode each : single(branch)) {
        if (!passesOne(each, alternatives)) {
          findings.add(
              pointer + "/" + choice,
              "what was taken may fit none of the alternatives now",
              "what comes may fit none of the alternatives that there were",
              "Keep every alternative");
        }
      }
    }
  }

  private boolean passesOne(JsonNode from, JsonNode alternatives) {
    SchemaFindings outer = findings;
    try {
      for (JsonNode alternative : alternatives) {
        findings = outer.trial();
        compare(from, alternative, "");
        if (findings.none()) {
          return true;
        }
      }
      return false;
    } finally {
      findings = outer;
    }
  }

  /** The same as several schemas, as far as types and listed values tell them apart. */
  private static List<JsonNode> single(JsonNode branch) {
    List<JsonNode> values = SchemaTypes.values(branch);
    var split = new ArrayList<JsonNode>();
    if (values != null) {
      for (JsonNode value : values) {
        split.add(((ObjectNode) branch).objectNode().set("const", value));
      }
      return split;
    }
    for (String type : new TreeSet<>(SchemaTypes.of(branch))) {
      ObjectNode one = ((ObjectNode) branch).objectNode().setAll((ObjectNode) branch);
      split.add(one.put("type", type));
    }
    return split;
  }
}
