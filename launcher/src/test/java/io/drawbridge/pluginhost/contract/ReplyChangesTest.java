package io.drawbridge.pluginhost.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a new version may change in what clients get, and what not. */
class ReplyChangesTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          a required field gone     | {"properties":{"x":{}},"required":["x"]} | {}
          a field now optional      | {"properties":{"x":{}},"required":["x"]} | {"properties":{"x":{}}}
          another type              | {"properties":{"x":{"type":"string"}}}   | {"properties":{"x":{"type":"integer"}}}
          a type more               | {"properties":{"x":{"type":"string"}}}   | {"properties":{"x":{"type":["string","null"]}}}
          any number                | {"properties":{"x":{"type":"integer"}}}  | {"properties":{"x":{"type":"number"}}}
          a value more              | {"properties":{"x":{"enum":["a"]}}}      | {"properties":{"x":{"enum":["a","b"]}}}
          values free               | {"properties":{"x":{"enum":["a"]}}}      | {"properties":{"x":{"type":"string"}}}
          a bound loosened          | {"properties":{"x":{"type":"string","maxLength":9}}} | {"properties":{"x":{"type":"string","maxLength":10}}}
          a bound dropped           | {"properties":{"x":{"type":"integer","minimum":0}}} | {"properties":{"x":{"type":"integer"}}}
          a pattern dropped         | {"properties":{"x":{"type":"string","pattern":"^a"}}} | {"properties":{"x":{"type":"string"}}}
          a closed object opened    | {"additionalProperties":false}           | {}
          a field in a closed one   | {"additionalProperties":false}           | {"properties":{"x":{}},"additionalProperties":false}
          items of another type     | {"properties":{"x":{"items":{"type":"string"}}}} | {"properties":{"x":{"items":{}}}}
          an alternative more       | {"properties":{"x":{"anyOf":[{"type":"string"}]}}} | {"properties":{"x":{"anyOf":[{"type":"string"},{"type":"null"}]}}}
          no longer described       | {"properties":{"x":{"type":"string"}}}   | true
          a rule dropped            | {"properties":{"x":{"not":{"const":""}}}} | {"properties":{"x":{}}}
          """)
  void refuses(String what, String before, String after) {
    assertThat(SchemaChanges.breaking(Descriptors.replying(before), Descriptors.replying(after)))
        .as(what + " in a reply")
        .isNotEmpty();
    assertThat(
            SchemaChanges.breaking(Descriptors.publishing(before), Descriptors.publishing(after)))
        .as(what + " in a broadcast")
        .isNotEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          a new field               | {"type":"object"}                        | {"type":"object","properties":{"x":{}}}
          a new required field      | {"properties":{"y":{}}}                  | {"properties":{"y":{},"x":{}},"required":["x"]}
          a field now required      | {"properties":{"x":{}}}                  | {"properties":{"x":{}},"required":["x"]}
          an optional field gone    | {"properties":{"x":{},"y":{"type":"string"}}} | {"properties":{"x":{}}}
          a value fewer             | {"properties":{"x":{"enum":["a","b"]}}}  | {"properties":{"x":{"enum":["a"]}}}
          values listed             | {"properties":{"x":{"type":"string"}}}   | {"properties":{"x":{"enum":["a"]}}}
          a type fewer              | {"properties":{"x":{"type":["string","null"]}}} | {"properties":{"x":{"type":"string"}}}
          whole numbers             | {"properties":{"x":{"type":"number"}}}   | {"properties":{"x":{"type":"integer"}}}
          a bound tightened         | {"properties":{"x":{"type":"string","maxLength":9}}} | {"properties":{"x":{"type":"string","maxLength":8}}}
          a bound added             | {"properties":{"x":{"type":"integer"}}}  | {"properties":{"x":{"type":"integer","minimum":0}}}
          a pattern added           | {"properties":{"x":{"type":"string"}}}   | {"properties":{"x":{"type":"string","pattern":"^a"}}}
          an open object closed     | {}                                       | {"additionalProperties":false}
          narrower items            | {"properties":{"x":{"items":{}}}}        | {"properties":{"x":{"items":{"type":"string"}}}}
          an alternative fewer      | {"properties":{"x":{"anyOf":[{"type":"string"},{"type":"null"}]}}} | {"properties":{"x":{"anyOf":[{"type":"string"}]}}}
          described for the first time | true                                  | {"properties":{"x":{"type":"string"}},"required":["x"]}
          other words               | {"title":"a","properties":{"x":{"description":"b"}}} | {"properties":{"x":{"default":1}}}
          """)
  void takes(String what, String before, String after) {
    assertThat(SchemaChanges.breaking(Descriptors.replying(before), Descriptors.replying(after)))
        .as(what + " in a reply")
        .isEmpty();
    assertThat(
            SchemaChanges.breaking(Descriptors.publishing(before), Descriptors.publishing(after)))
        .as(what + " in a broadcast")
        .isEmpty();
  }
}
