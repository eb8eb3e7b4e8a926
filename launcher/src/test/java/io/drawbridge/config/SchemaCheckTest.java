package io.drawbridge.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** As a plugin's author meets it: the schema of a plugin's settings. */
class SchemaCheckTest {

  private static final String SCHEMA =
      """
      {
        "type": "object",
        "required": ["topic"],
        "properties": {
          "topic": {"type": "string", "minLength": 1, "description": "What to talk about."},
          "batch": {"type": "integer", "minimum": 1, "maximum": 500, "default": 100},
          "retry": {
            "type": "object",
            "default": {},
            "properties": {"seconds": {"type": "integer", "minimum": 1, "default": 5}}
          },
          "mode": {"enum": ["fast", "safe"]},
          "target": {"oneOf": [{"type": "string"}, {"type": "object", "required": ["url"]}]}
        }
      }
      """;

  @Test
  void acceptsWhatFits() {
    assertThat(mistakes("{\"topic\": \"x\", \"batch\": 1, \"target\": \"y\"}")).isEmpty();
  }

  @Test
  void fillsInDefaultsAlsoInsideObjects() {
    assertThat(check(SCHEMA).withDefaults(new JsonObject("{\"topic\": \"x\", \"batch\": 7}")))
        .isEqualTo(new JsonObject("{\"topic\": \"x\", \"batch\": 7, \"retry\": {\"seconds\": 5}}"));
  }

  @Test
  void refusesUnknownKeysThoughTheSchemaSaysNothingOfThem() {
    assertThat(
            mistakes("{\"topic\": \"x\", \"bach\": 1, \"retry\": {\"second\": 1}, \"colour\": 1}"))
        .containsExactlyInAnyOrder(
            "f:/bach: unknown key. Did you mean \"batch\"?",
            "f:/retry/second: unknown key. Did you mean \"seconds\"?",
            "f:/colour: unknown key. Known here: topic, batch, retry, mode, target");
  }

  @Test
  void leavesASchemaOpenThatSaysSo() {
    String open = "{\"properties\": {\"a\": {}}, \"additionalProperties\": true}";

    assertThat(check(open).mistakes(new JsonObject("{\"b\": 1}"), "f")).isEmpty();
  }

  @Test
  void tellsWordsOfAChoiceButNotWhatASecretHolds() {
    SchemaCheck check =
        check(
            "{\"properties\": {\"a\": {\"anyOf\": [{\"enum\": [\"on\", \"off\"]}, {\"type\": \"integer\"}]}}}");
    JsonObject settings = new JsonObject("{\"a\": \"hunter2\"}");

    assertThat(Mistakes.lines(check.mistakes(settings, "f")))
        .containsExactly("f:/a: \"hunter2\" is unknown here. Give one of \"on\", \"off\"");
    assertThat(Mistakes.lines(check.mistakes(Trees.of(settings), "f", Set.of("/a"))))
        .containsExactly("f:/a: the value is unknown here. Give one of \"on\", \"off\"");
  }

  @Test
  void saysOfEachValueWhatIsWrong() {
    assertThat(mistakes("{\"batch\": 501, \"retry\": [], \"mode\": \"saef\", \"target\": 3}"))
        .containsExactlyInAnyOrder(
            "f:/topic: is missing. Add it: What to talk about.",
            "f:/batch: 501 is too large. Give an integer from 1 to 500",
            "f:/retry: [] is a list. Give an object",
            "f:/mode: \"saef\" is unknown here. Did you mean \"safe\"?",
            "f:/target: fits none of the forms that are allowed here. Correct it");
  }

  @Test
  void refusesASchemaThatIsNone() {
    assertThat(Mistakes.of(() -> check("{\"type\": \"strnig\", \"minLength\": -1}")))
        .anyMatch(line -> line.startsWith("plugin.json:/type: "))
        .anyMatch(line -> line.startsWith("plugin.json:/minLength: -1 is too small"));
  }

  @Test
  void fetchesNothingFromElsewhere() {
    String remote = "{\"properties\": {\"a\": {\"$ref\": \"http://127.0.0.1:1/schema.json\"}}}";

    assertThat(Mistakes.of(() -> check(remote).mistakes(new JsonObject("{\"a\": 1}"), "f")))
        .singleElement()
        .asString()
        .startsWith("plugin.json: is no usable JSON Schema");
  }

  private static SchemaCheck check(String schema) {
    return SchemaCheck.of(new JsonObject(schema), "plugin.json");
  }

  private static List<String> mistakes(String document) {
    return Mistakes.lines(check(SCHEMA).mistakes(new JsonObject(document), "f"));
  }
}
