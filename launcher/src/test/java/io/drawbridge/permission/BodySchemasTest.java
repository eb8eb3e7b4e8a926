package io.drawbridge.permission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbridge.config.ConfigException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BodySchemasTest {

  private static final String POST =
      """
      {"type": "object", "required": ["room", "text"], "additionalProperties": false,
       "properties": {
         "room": {"type": "string", "pattern": "^[a-z0-9-]{1,64}$"},
         "text": {"type": "string", "minLength": 1, "maxLength": 40},
         "tags": {"type": "array", "maxItems": 2, "items": {"type": "string"}},
         "a/b": {"type": "integer", "minimum": 0},
         "at": {"type": "number"}}}
      """;

  @TempDir Path folder;

  @Test
  void aGoodBodyPassesInEveryShapeThatVertxGivesIt() throws Exception {
    var schema = schema(POST);

    assertThat(schema.violation(new JsonObject("{\"room\":\"lobby\",\"text\":\"hi\"}"))).isNull();
    assertThat(schema.violation(Map.of("room", "lobby", "text", "hi"))).isNull();
    assertThat(
            schema.violation(
                JsonObject.of("room", "lobby", "text", "hi", "tags", JsonArray.of("x"))))
        .isNull();
    for (Number number :
        new Number[] {1, 1L, 1.5f, 1.5, (short) 1, new BigDecimal("1.5"), BigInteger.TEN.pow(30)}) {
      assertThat(schema.violation(JsonObject.of("room", "a", "text", "b", "at", number))).isNull();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{}                                    | /room: is missing",
        "{'room':'lobby'}                      | /text: is missing",
        "{'room':'lobby','text':''}            | /text: ",
        "{'room':'lobby','text':null}          | /text: ",
        "{'room':'Lobby','text':'x'}           | /room: ",
        "{'room':'l','text':'x','tags':['a',7]} | /tags/1: ",
        "{'room':'l','text':'x','tags':['a','b','c']} | /tags: ",
        "{'room':'l','text':'x','a/b':-1}      | /a~1b: ",
        "{'room':'l','text':'x','from':'bob'}  | /from: "
      })
  void aViolationBeginsWithThePointer(String body, String start) throws Exception {
    assertThat(schema(POST).violation(new JsonObject(body.strip().replace('\'', '"'))))
        .startsWith(start.strip());
  }

  @Test
  void whatIsNoObjectIsRefusedWhereAnObjectIsMeant() throws Exception {
    var schema = schema(POST);

    assertThat(schema.violation(null)).startsWith("/: ");
    assertThat(schema.violation("text")).startsWith("/: ");
    assertThat(schema.violation(7)).startsWith("/: ");
    assertThat(schema.violation(true)).startsWith("/: ");
    assertThat(schema.violation(new JsonArray())).startsWith("/: ");
  }

  @Test
  void aViolationIsShortWhateverTheBody() throws Exception {
    var body = JsonObject.of("room", "a", "text", "b", "x".repeat(50_000), 1);

    assertThat(schema(POST).violation(body).length()).isLessThan(400);
  }

  @Test
  void aPatternTakesLinearTime() throws Exception {
    var schema = schema("{\"type\": \"string\", \"pattern\": \"^(a+)+$\"}");

    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () -> assertThat(schema.violation("a".repeat(50_000) + "!")).startsWith("/: "));
  }

  @Test
  void aDeepBodyIsChecked() throws Exception {
    var schema =
        schema(
            "{\"$ref\": \"#/$defs/tree\", \"$defs\": {\"tree\": {\"type\": \"object\","
                + " \"additionalProperties\": {\"$ref\": \"#/$defs/tree\"}}}}");
    JsonObject body = new JsonObject();
    for (int i = 0; i < 64; i++) {
      body = JsonObject.of("a", body);
    }

    assertThat(schema.violation(body)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{\"type\": \"object\"",
        "{\"type\": \"object\", \"type\": \"string\"}",
        "{\"properties\": {\"a\": {}}}",
        "{\"required\": [\"a\"]}",
        "{\"type\": \"string\", \"pattern\": \"(\"}",
        "{\"type\": \"string\", \"pattern\": \"(?=a)b\"}",
        "{\"type\": \"string\", \"pattern\": \"(a)\\\\1\"}",
        "{\"$ref\": \"#/$defs/none\"}",
        "{\"$ref\": \"#\"}",
        "{\"$ref\": \"http://127.0.0.1:1/schema.json\"}",
        "{\"$ref\": \"file:///etc/passwd\"}",
        "{\"$ref\": \"other.json\"}"
      })
  void aSchemaThatCantBeUsedIsAMistakeOfItsFile(String text) throws Exception {
    Path file = Files.writeString(folder.resolve("schema.json"), text);
    var rules = Rules.list(Rules.rule("a").send("anyone").schema(file));

    assertThatThrownBy(() -> new LivePermissions(rules))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(file.toString());
  }

  @Test
  void aPatternThatCantBeUsedIsNamedByItsPlace() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("schema.json"),
            """
            {"type": "object", "properties": {"a": {"type": "string", "pattern": "(?=x)"}},
             "patternProperties": {"(a)\\\\1": {}}, "allOf": [{"pattern": "("}]}
            """);

    assertThatThrownBy(() -> new BodySchemas().read(file))
        .hasMessageContaining(file + ":/properties/a/pattern")
        .hasMessageContaining(file + ":/patternProperties/")
        .hasMessageContaining(file + ":/allOf/0/pattern");
  }

  @Test
  void aSchemaFileThatIsNotThereIsAMistake() {
    Path file = folder.resolve("none.json");

    assertThatThrownBy(() -> new BodySchemas().read(file))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("there is no such file");
  }

  @Test
  void theShippedSchemasCompile() throws Exception {
    Path schemas = Path.of(System.getProperty("drawbridge.root"), "conf", "schemas");
    try (var files = Files.list(schemas)) {
      for (Path file : files.toList()) {
        assertThat(new BodySchemas().read(file).violation(null)).as("%s", file).startsWith("/: ");
      }
    }
  }

  private CompiledSchema schema(String text) throws Exception {
    return new BodySchemas().read(Files.writeString(folder.resolve("schema.json"), text));
  }
}
