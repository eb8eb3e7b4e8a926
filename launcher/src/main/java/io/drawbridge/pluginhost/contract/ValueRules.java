package io.drawbridge.pluginhost.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drawbridge.config.ConfigException;
import io.drawbridge.permission.BodySchemas;
import io.drawbridge.permission.Decision;
import io.vertx.core.json.JsonArray;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Whether all single values that one flat schema lets through pass another: types, listed values,
 * bounds, patterns.
 */
final class ValueRules {

  /** A bound on a count, the type that it is about, and what holds without it. */
  private record Count(String keyword, String type, boolean lower) {}

  private static final List<Count> COUNTS =
      List.of(
          new Count("minLength", "string", true),
          new Count("maxLength", "string", false),
          new Count("minItems", "array", true),
          new Count("maxItems", "array", false),
          new Count("minProperties", "object", true),
          new Count("maxProperties", "object", false));

  private final JsonNode from;
  private final JsonNode to;
  private final String pointer;
  private final SchemaFindings findings;
  private final Set<String> types;

  ValueRules(JsonNode from, JsonNode to, String pointer, SchemaFindings findings) {
    this.from = from;
    this.to = to;
    this.pointer = pointer;
    this.findings = findings;
    this.types = SchemaTypes.of(from);
  }

  /**
   * Checks values that can be counted, each by itself.
   *
   * @param root the document that the references of {@code to} are about
   * @return whether that said it all
   */
  boolean counted(List<JsonNode> values, SchemaDocument root) {
    ObjectNode whole = ((ObjectNode) to).objectNode().setAll((ObjectNode) to);
    JsonNode defs = root.root().get("$defs");
    if (defs != null) {
      whole.set("$defs", defs);
    }
    try {
      Decision.BodySchema check = BodySchemas.compile("schema", whole);
      values.stream().filter(this::isOfType).forEach(value -> counted(value, check));
      return true;
    } catch (ConfigException unusable) {
      return false;
    }
  }

  private boolean isOfType(JsonNode value) {
    return switch (value.getNodeType()) {
      case NUMBER -> types.contains("number") || types.contains("integer");
      case POJO, BINARY, MISSING -> false;
      default -> types.contains(value.getNodeType().name().toLowerCase(java.util.Locale.ROOT));
    };
  }

  private void counted(JsonNode value, Decision.BodySchema check) {
    if (check.violation(new JsonArray("[" + value + "]").getValue(0)) != null) {
      String place = to.has("enum") ? "/enum" : to.has("const") ? "/const" : "";
      findings.add(
          pointer + place,
          "no longer takes " + value,
          "may now be " + value,
          "Keep what was listed");
    }
  }

  /** Checks what can't be counted; false if nothing is left in common. */
  boolean open() {
    Set<String> missing = SchemaTypes.missing(types, SchemaTypes.of(to));
    if (!missing.isEmpty()) {
      type(String.join(" or ", missing));
    }
    if (to.has("enum") || to.has("const")) {
      JsonNode listed = to.has("const") ? to.get("const") : to.get("enum");
      findings.add(
          pointer + (to.has("const") ? "/const" : "/enum"),
          "takes only " + listed + " now",
          "may now be other than " + listed,
          "Keep it open, or keep it closed, as it was");
    }
    bounds();
    return missing.size() < types.size();
  }

  private void type(String missing) {
    boolean any = !from.has("type");
    String only = String.join(" or ", SchemaTypes.of(to));
    findings.add(
        pointer + "/type",
        any ? "takes only " + only + " now" : "no longer takes " + missing,
        any ? "may now be other than " + only : "may now be " + missing,
        "Keep the type");
  }

  private void bounds() {
    COUNTS.stream().filter(count -> types.contains(count.type())).forEach(this::count);
    if (types.contains("string")) {
      equal("pattern");
      equal("format");
    }
    if (types.contains("number") || types.contains("integer")) {
      limit("minimum", "exclusiveMinimum", 1);
      limit("maximum", "exclusiveMaximum", -1);
      multiple();
    }
    boolean single = from.has("maxItems") && from.get("maxItems").asDouble() <= 1;
    if (types.contains("array") && !single && set(to) && !set(from)) {
      findings.changed(pointer, "uniqueItems", from.get("uniqueItems"), to.get("uniqueItems"));
    }
  }

  private static boolean set(JsonNode schema) {
    return schema.path("uniqueItems").asBoolean();
  }

  private void count(Count count) {
    JsonNode wanted = to.get(count.keyword());
    if (wanted == null) {
      return;
    }
    JsonNode given = from.get(count.keyword());
    boolean kept;
    if (count.lower()) {
      kept = wanted.decimalValue().compareTo(least(count, given)) <= 0;
    } else {
      kept = given != null && wanted.decimalValue().compareTo(given.decimalValue()) >= 0;
    }
    if (!kept) {
      findings.changed(pointer, count.keyword(), given, wanted);
    }
  }

  private BigDecimal least(Count count, @Nullable JsonNode given) {
    BigDecimal least = given == null ? BigDecimal.ZERO : given.decimalValue();
    if (!count.keyword().equals("minProperties")) {
      return least;
    }
    var names = new TreeSet<String>();
    from.path("required").forEach(name -> names.add(name.asText()));
    return least.max(BigDecimal.valueOf(names.size()));
  }

  /** Which texts two patterns both match can't be told, so any other is taken for narrower. */
  private void equal(String keyword) {
    if (to.has(keyword) && !to.get(keyword).equals(from.get(keyword))) {
      findings.changed(pointer, keyword, from.get(keyword), to.get(keyword));
    }
  }

  /**
   * Compares the ends of two ranges of numbers.
   *
   * @param sign 1 at the lower end, -1 at the upper
   */
  private void limit(String inclusive, String exclusive, int sign) {
    for (String keyword : List.of(inclusive, exclusive)) {
      JsonNode wanted = to.get(keyword);
      if (wanted == null) {
        continue;
      }
      BigDecimal end = signed(wanted, sign);
      boolean kept =
          reaches(inclusive, end, sign, keyword.equals(inclusive))
              || reaches(exclusive, end, sign, true);
      if (!kept) {
        findings.changed(pointer, keyword, from.get(keyword), wanted);
      }
    }
  }

  /** Whether our own bound by a keyword lies at an end or inside it. */
  private boolean reaches(String keyword, BigDecimal end, int sign, boolean mayTouch) {
    JsonNode given = from.get(keyword);
    if (given == null) {
      return false;
    }
    BigDecimal own = signed(given, sign);
    if (!types.contains("number") && keyword.startsWith("exclusive")) {
      own = own.setScale(0, RoundingMode.FLOOR).add(BigDecimal.ONE);
      return own.compareTo(end) > 0 || (own.compareTo(end) == 0 && mayTouch);
    }
    int order = own.compareTo(end);
    return order > 0 || (order == 0 && mayTouch);
  }

  private static BigDecimal signed(JsonNode number, int sign) {
    return sign > 0 ? number.decimalValue() : number.decimalValue().negate();
  }

  private void multiple() {
    JsonNode wanted = to.get("multipleOf");
    if (wanted == null) {
      return;
    }
    JsonNode given = from.get("multipleOf");
    BigDecimal step = types.contains("number") ? null : BigDecimal.ONE;
    if (given != null) {
      step = given.decimalValue();
    }
    if (step == null || step.remainder(wanted.decimalValue()).signum() != 0) {
      findings.changed(pointer, "multipleOf", given, wanted);
    }
  }
}
