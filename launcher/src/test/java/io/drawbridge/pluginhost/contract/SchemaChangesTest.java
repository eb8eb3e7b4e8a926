package io.drawbridge.pluginhost.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaChangesTest {

  private static final String TREE =
      """
      {"type":"object","properties":{"root":{"$ref":"#/$defs/node"}},"$defs":{"node":{"type":"object",
       "properties":{"name":{"type":"%s"},"kids":{"type":"array","items":{"$ref":"#/$defs/node"}}}}}}""";

  @Test
  void namesTheAddressThePlaceTheChangeAndTheRemedy() {
    var running =
        Descriptors.taking("{\"type\":\"object\",\"properties\":{\"n\":{\"type\":\"integer\"}}}");
    var next =
        Descriptors.taking(
            "{\"type\":\"object\",\"properties\":{\"n\":{\"type\":\"integer\",\"maximum\":9}}}");

    assertThat(SchemaChanges.breaking(running, next))
        .extracting(BreakingChange::line)
        .containsExactly(
            "/addresses/0/request/properties/n/maximum (shop.buy): maximum is new: 9."
                + " Keep it, or serve a new address beside it");
  }

  @Test
  void pointsIntoTheDefinitionThatAReferenceNames() {
    var changes =
        SchemaChanges.breaking(
            Descriptors.taking(TREE.formatted("string")),
            Descriptors.taking(TREE.formatted("null")));

    assertThat(changes)
        .extracting(BreakingChange::pointer, BreakingChange::change)
        .containsExactly(
            tuple(
                "/addresses/0/request/$defs/node/properties/name/type", "no longer takes string"));
  }

  @Test
  void tellsBothEndsOfAConversationApart() {
    var running = Descriptors.replying("{\"required\":[\"a\"]}");
    var next = Descriptors.replying("{\"required\":[\"b\"]}");

    assertThat(SchemaChanges.breaking(running, next))
        .extracting(BreakingChange::change)
        .containsExactly("\"a\" is no longer always there");
  }

  @Test
  void aVersionBreaksNobodyOfItsOwn() {
    var tree = Descriptors.taking(TREE.formatted("string"));

    assertThat(SchemaChanges.breaking(tree, tree)).isEmpty();
  }

  @Test
  void followsAShapeThatHoldsItselfUnderAnotherName() {
    var renamed = Descriptors.taking(TREE.formatted("string").replace("node", "leaf"));

    assertThat(SchemaChanges.breaking(Descriptors.taking(TREE.formatted("string")), renamed))
        .isEmpty();
  }

  @Test
  void comparesWhatIsNestedInAlternatives() {
    var running = Descriptors.taking(nest(12, "{\"type\":\"string\"}"));
    var next = Descriptors.taking(nest(12, "{\"type\":\"integer\"}"));

    assertThat(SchemaChanges.breaking(running, next)).isNotEmpty();
    assertThat(SchemaChanges.breaking(running, running)).isEmpty();
  }

  @Test
  void endsWithAnAnswerForAnIntricateSchema() {
    var running = Descriptors.taking(doubling("\"string\""));
    var next = Descriptors.taking(doubling("[\"string\",\"null\"]"));

    assertThat(SchemaChanges.breaking(running, next))
        .extracting(BreakingChange::change)
        .anyMatch(change -> change.endsWith("can't be judged"));
  }

  /** Each shape holds the next one twice by two names, and the last takes more. */
  private static String doubling(String leaf) {
    var defs = new StringBuilder("\"s14\":{\"type\":" + leaf + "}");
    for (int i = 13; i >= 0; i--) {
      String shape =
          ",\"s%1$d\":{\"properties\":{\"a\":{\"$ref\":\"#/$defs/s%2$d\"},\"b\":{\"$ref\":\"#/$defs/s%2$d\"}}}";
      defs.append(shape.formatted(i, i + 1));
    }
    return "{\"type\":\"object\",\"allOf\":[{\"$ref\":\"#/$defs/s0\"}],\"$defs\":{" + defs + "}}";
  }

  private static String nest(int depth, String leaf) {
    String schema = leaf;
    for (int i = 0; i < depth; i++) {
      schema =
          "{\"type\":\"object\",\"properties\":{\"p\":{\"anyOf\":[%s,%s]}}}"
              .formatted(schema, "{\"type\":\"null\"}");
    }
    return schema;
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          an address gone           | {"address":"a","kind":"request"}                     | {"address":"b","kind":"request"}      | is gone, and who sends there is refused
          a broadcast gone          | {"address":"a.{x}","kind":"broadcast"}               | {"address":"a.b","kind":"broadcast"}  | is gone, and who is registered there hears nothing any more
          another kind              | {"address":"a","kind":"request"}                     | {"address":"a","kind":"event"}        | was request, and is event
          an authority gone         | {"address":"a","kind":"event","authority":"a:use"}   | {"address":"a","kind":"event"}        | authority was a:use, and is gone: who holds the old one is refused
          another authority         | {"address":"a","kind":"event","authority":"a:use"}   | {"address":"a","kind":"event","authority":"b:use"} | authority was a:use, and is b:use: who holds the old one is refused
          a schema where none was   | {"address":"a","kind":"event"}                       | {"address":"a","kind":"event","request":{"type":"object","properties":{"n":{"type":"integer"}}}} | takes only integer now
          """)
  void refusesOfAnAddress(String what, String before, String after, String change) {
    assertThat(SchemaChanges.breaking(Descriptors.of(before), Descriptors.of(after)))
        .as(what)
        .extracting(BreakingChange::change)
        .contains(change);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          a part by another name    | {"address":"a.{x}","kind":"broadcast"}  | {"address":"a.{y}","kind":"broadcast"}
          a wider pattern           | {"address":"a.{x}.c","kind":"broadcast"} | {"address":"a.**","kind":"broadcast"}
          an authority added        | {"address":"a","kind":"event"}          | {"address":"a","kind":"event","authority":"a:use"}
          a schema of any object    | {"address":"a","kind":"event"}          | {"address":"a","kind":"event","request":{"type":"object"}}
          a schema dropped          | {"address":"a","kind":"event","request":{"required":["x"]}} | {"address":"a","kind":"event"}
          another summary, example  | {"address":"a","kind":"event","summary":"A","example":1} | {"address":"a","kind":"event","summary":"B"}
          a reply described         | {"address":"a","kind":"request"}        | {"address":"a","kind":"request","reply":{"required":["x"]}}
          """)
  void takesOfAnAddress(String what, String before, String after) {
    assertThat(SchemaChanges.breaking(Descriptors.of(before), Descriptors.of(after)))
        .as(what)
        .isEmpty();
  }

  @Test
  void newAddressesBreakNobody() {
    String old = "{\"address\":\"a\",\"kind\":\"event\"}";
    String added = "{\"address\":\"b\",\"kind\":\"request\",\"request\":{\"required\":[\"x\"]}}";

    assertThat(SchemaChanges.breaking(Descriptors.of(old), Descriptors.of(added, old)))
        .isEqualTo(List.of());
  }
}
