package io.drawbridge.pluginhost.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drawbridge.config.StrictJson;
import io.drawbridge.permission.BodySchemas;
import io.drawbridge.permission.Decision;
import io.drawbridge.pluginhost.contract.SchemaFindings.Side;
import io.vertx.core.json.JsonArray;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whether what is called compatible is so, for schemas and values that chance makes up. */
class SchemaComparisonTest {

  private static final int PAIRS = 3_000;
  private static final long SEED = 20_2012;

  /** All fields that occur, so that a schema which names fields names them all. */
  private static final List<String> FIELDS = List.of("a", "b");

  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "false",
          "0",
          "1",
          "2",
          "2.5",
          "3",
          "4",
          "-1",
          "\"\"",
          "\"a\"",
          "\"ab\"",
          "\"abc\"",
          "[]",
          "[1]",
          "[1,1]",
          "[\"a\",2]",
          "[null,true,3]",
          "{}");

  private final Random random = new Random(SEED);
  private final List<Object> values = values();

  @Test
  void whatPassesTheOnePassesAnotherThatItIsCompatibleWith() {
    int compatible = 0;
    for (int i = 0; i < PAIRS; i++) {
      JsonNode from = schema(2);
      JsonNode to = random.nextBoolean() ? changed(from) : schema(2);
      if (isCompatible(from, to)) {
        compatible++;
        assertHolds(from, to);
      }
    }
    assertThat(compatible).isGreaterThan(PAIRS / 10);
  }

  private static boolean isCompatible(JsonNode from, JsonNode to) {
    var findings = new SchemaFindings(Side.SENT);
    SchemaComparison.compare(from, JsonNodeFactory.instance.objectNode(), to, findings);
    return findings.none();
  }

  private void assertHolds(JsonNode from, JsonNode to) {
    Decision.BodySchema one = BodySchemas.compile("from", from);
    Decision.BodySchema other = BodySchemas.compile("to", to);
    for (Object value : values) {
      if (one.violation(value) == null) {
        assertThat(other.violation(value)).as("%s passes %s, and %s", value, from, to).isNull();
      }
    }
  }

  /** The same schema with one part of it made up anew. */
  private JsonNode changed(JsonNode schema) {
    ObjectNode changed = schema.deepCopy();
    var names = new ArrayList<String>();
    changed.fieldNames().forEachRemaining(names::add);
    if (!names.isEmpty() && random.nextBoolean()) {
      changed.remove(names.get(random.nextInt(names.size())));
    }
    changed.setAll((ObjectNode) schema(1));
    return changed;
  }

  private JsonNode schema(int depth) {
    var keywords = new ArrayList<String>();
    int count = random.nextInt(4);
    for (int i = 0; i < count; i++) {
      String keyword = keyword(depth);
      String name = keyword.substring(0, keyword.indexOf(':'));
      keywords.removeIf(each -> each.startsWith(name + ":"));
      keywords.add(keyword);
    }
    if (!keywords.isEmpty()
        && keywords.stream().noneMatch(each -> each.startsWith("\"properties\":"))) {
      keywords.add("\"properties\":{\"a\":{},\"b\":{}}");
    }
    return json("{" + String.join(",", keywords) + "}");
  }

  private String keyword(int depth) {
    int number = random.nextInt(4);
    return switch (random.nextInt(depth > 0 ? 22 : 14)) {
      case 0, 1 -> "\"type\":" + type();
      case 2 -> "\"type\":[" + type() + ",\"null\"]";
      case 3 -> "\"enum\":[" + value() + "," + value() + "]";
      case 4 -> "\"const\":" + value();
      case 5 -> "\"minimum\":" + number;
      case 6 -> "\"maximum\":" + number;
      case 7 -> "\"exclusiveMinimum\":" + number;
      case 8 -> "\"exclusiveMaximum\":" + number;
      case 9 -> "\"minLength\":" + number;
      case 10 -> "\"maxLength\":" + number;
      case 11 -> "\"minItems\":" + number;
      case 12 -> "\"maxItems\":" + number;
      case 13 -> "\"multipleOf\":" + (number + 1);
      case 14 -> "\"items\":" + schema(depth - 1);
      case 15 -> "\"prefixItems\":[" + schema(depth - 1) + "]";
      case 16 -> "\"anyOf\":[" + schema(depth - 1) + "," + schema(depth - 1) + "]";
      case 17 -> "\"oneOf\":[" + schema(depth - 1) + "," + schema(depth - 1) + "]";
      case 18 -> "\"allOf\":[" + schema(depth - 1) + "," + schema(depth - 1) + "]";
      case 19 -> "\"not\":" + schema(depth - 1);
      case 20 -> "\"required\":[\"" + FIELDS.get(random.nextInt(2)) + "\"]";
      default -> "\"properties\":{\"a\":" + schema(depth - 1) + ",\"b\":" + schema(0) + "}";
    };
  }

  private String type() {
    return List.of(
            "\"null\"",
            "\"boolean\"",
            "\"object\"",
            "\"array\"",
            "\"number\"",
            "\"integer\"",
            "\"string\"")
        .get(random.nextInt(7));
  }

  private String value() {
    return VALUES.get(random.nextInt(VALUES.size()));
  }

  private static List<Object> values() {
    var values = new ArrayList<Object>();
    var texts = new ArrayList<>(VALUES);
    for (String one : VALUES) {
      texts.add("{\"a\":" + one + "}");
      texts.add("{\"b\":" + one + "}");
      texts.add("{\"a\":" + one + ",\"b\":" + one + "}");
      texts.add("[" + one + "]");
    }
    texts.forEach(text -> values.add(new JsonArray("[" + text + "]").getValue(0)));
    values.remove(null);
    return values;
  }

  private static JsonNode json(String text) {
    return StrictJson.read(text.getBytes(StandardCharsets.UTF_8), "schema");
  }
}
