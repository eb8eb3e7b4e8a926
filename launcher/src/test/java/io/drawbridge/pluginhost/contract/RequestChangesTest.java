package io.drawbridge.pluginhost.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a new version may change in what clients send, and what not. A field is {@code x}. */
class RequestChangesTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          a new required field      | {}                        | {"properties":{"x":{}}, "required":["x"]}
          a field now required      | {"properties":{"x":{}}}   | {"properties":{"x":{}}, "required":["x"]}
          a closed object           | {}                        | {"additionalProperties":false}
          further fields typed      | {}                        | {"additionalProperties":{"type":"string"}}
          a field no longer taken   | {"properties":{"x":{},"y":{}},"additionalProperties":false} | {"properties":{"y":{}},"additionalProperties":false}
          a rule on names           | {}                        | {"propertyNames":{"maxLength":9}}
          fewer fields              | {"maxProperties":9}       | {"maxProperties":8}
          more fields               | {}                        | {"minProperties":1}
          a dependency              | {"dependentRequired":{}}  | {"dependentRequired":{"a":["b"]}}
          a condition               | {}                        | {"if":{"required":["a"]},"then":{"required":["b"]}}
          a part of allOf           | {"allOf":[{}]}            | {"allOf":[{},{"required":["a"]}]}
          typed further fields met  | {"properties":{"y":{}},"additionalProperties":{"type":"string"}} | {"properties":{"y":{},"x":{"type":"integer"}}}
          """)
  void refusesOfAnObject(String what, String before, String after) {
    assertThat(objects(before, after)).as(what).isNotEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          a new optional field      | {"properties":{"y":{}}}   | {"properties":{"y":{},"x":{"type":"string"}}}
          a first optional field    | {}                        | {"properties":{"x":{"type":"string"}}}
          a field now optional      | {"properties":{"x":{}}, "required":["x"]} | {"properties":{"x":{}}}
          a field gone, object open | {"properties":{"x":{}}}   | {}
          an object opened          | {"additionalProperties":false} | {}
          further fields untyped    | {"additionalProperties":{"type":"string"}} | {"additionalProperties":true}
          a field in a closed one   | {"additionalProperties":false} | {"properties":{"x":{}},"additionalProperties":false}
          other words               | {"title":"a","description":"b","examples":[1],"default":{}} | {"title":"c","$comment":"d","deprecated":true}
          required in another order | {"required":["a","b"]}    | {"required":["b","a"]}
          a field called title      | {"properties":{"title":{}}} | {"properties":{"title":{},"description":{}}}
          a name for a shape        | {"properties":{"x":{"type":"string"}}} | {"properties":{"x":{"$ref":"#/$defs/s"}},"$defs":{"s":{"type":"string"}}}
          a shape put together      | {"properties":{"x":{}},"required":["x"]} | {"allOf":[{"properties":{"x":{}}},{"required":["x"]}]}
          a shape taken apart       | {"allOf":[{"properties":{"x":{}}},{"required":["x"]}]} | {"properties":{"x":{}},"required":["x"]}
          a rule dropped            | {"not":{"required":["a"]}} | {}
          a rule in other words     | {"not":{"required":["a","b"],"title":"t"}} | {"not":{"required":["b","a"]},"properties":{"x":{}}}
          """)
  void takesOfAnObject(String what, String before, String after) {
    assertThat(objects(before, after)).as(what).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          another type             | {"type":"string"}             | {"type":"integer"}
          a type fewer             | {"type":["string","null"]}    | {"type":"string"}
          whole numbers only       | {"type":"number"}             | {"type":"integer"}
          a type where none was    | {}                            | {"type":"string"}
          a value fewer            | {"enum":["a","b"]}            | {"enum":["a"]}
          values listed            | {"type":"string"}             | {"enum":["a","b"]}
          a const                  | {"type":"string"}             | {"const":"a"}
          another const            | {"const":"a"}                 | {"const":"b"}
          a longer text            | {"type":"string","minLength":1} | {"type":"string","minLength":2}
          a shorter text           | {"type":"string"}             | {"type":"string","maxLength":9}
          a pattern                | {"type":"string"}             | {"type":"string","pattern":"^a"}
          another pattern          | {"type":"string","pattern":"^a"} | {"type":"string","pattern":"^b"}
          a format                 | {"type":"string"}             | {"type":"string","format":"email"}
          a higher minimum         | {"type":"number","minimum":1} | {"type":"number","minimum":1.5}
          a lower maximum          | {"type":"number","maximum":9} | {"type":"number","exclusiveMaximum":9}
          only multiples           | {"type":"integer"}            | {"type":"integer","multipleOf":2}
          fewer items              | {"type":"array"}              | {"type":"array","maxItems":3}
          no item twice            | {"type":"array"}              | {"type":"array","uniqueItems":true}
          items of another type    | {"type":"array","items":{"type":"string"}} | {"type":"array","items":{"type":"null"}}
          another second item      | {"prefixItems":[{},{"type":"string"}]} | {"prefixItems":[{},{"type":"null"}]}
          no more items            | {"prefixItems":[{}]}          | {"prefixItems":[{}],"items":false}
          an item that must be     | {"type":"array"}              | {"type":"array","contains":{"const":1}}
          a field in a field       | {"properties":{"y":{"type":"string"}}} | {"properties":{"y":{"type":"null"}}}
          an alternative fewer     | {"anyOf":[{"type":"string"},{"type":"null"}]} | {"anyOf":[{"type":"string"}]}
          alternatives that meet   | {"type":"string"}             | {"oneOf":[{"minLength":1},{"maxLength":9}]}
          nothing at all           | {"type":"string"}             | false
          something not to be      | {"type":"string"}             | {"type":"string","not":{"const":""}}
          a shape behind a name    | {"$ref":"#/$defs/a"}          | {"$ref":"#/$defs/b"}
          """)
  void refusesOfAValue(String what, String before, String after) {
    assertThat(values(before, after)).as(what).isNotEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          a type more              | {"type":"string"}             | {"type":["string","null"]}
          all numbers              | {"type":"integer"}            | {"type":"number"}
          any type                 | {"type":"string"}             | {}
          a value more             | {"enum":["a"]}                | {"enum":["b","a"]}
          values free              | {"enum":["a","b"]}            | {"type":"string","maxLength":1}
          a const in a list        | {"const":"a"}                 | {"enum":["a","b"]}
          a list for a const       | {"enum":[1]}                  | {"const":1.0}
          both truths listed       | {"type":"boolean"}            | {"enum":[true,false]}
          a shorter text           | {"type":"string","minLength":2} | {"type":"string","minLength":1}
          a bound that is always   | {"type":"string"}             | {"type":"string","minLength":0}
          a pattern dropped        | {"type":"string","pattern":"^a"} | {"type":"string"}
          a bound of another type  | {"type":"integer"}            | {"type":"integer","maxLength":3}
          the same end in integers | {"type":"integer","minimum":1} | {"type":"integer","minimum":1.0}
          an end of whole numbers  | {"type":"integer","exclusiveMinimum":0} | {"type":"integer","minimum":1}
          a wider range            | {"type":"number","minimum":1,"maximum":2} | {"type":"number","exclusiveMinimum":0,"maximum":3}
          coarser to finer steps   | {"type":"integer","multipleOf":4} | {"type":"integer","multipleOf":2}
          steps of one             | {"type":"integer"}            | {"type":"integer","multipleOf":1}
          more items               | {"type":"array","maxItems":3} | {"type":"array"}
          one item twice           | {"type":"array","maxItems":1} | {"type":"array","maxItems":1,"uniqueItems":true}
          wider items              | {"type":"array","items":{"type":"integer"}} | {"type":"array","items":{"type":"number"}}
          an alternative more      | {"anyOf":[{"type":"string"}]} | {"anyOf":[{"type":"null"},{"type":"string"}]}
          types as alternatives    | {"type":["string","null"]}    | {"oneOf":[{"type":"null"},{"type":"string"}]}
          alternatives as types    | {"anyOf":[{"type":"string"},{"type":"null"}]} | {"type":["string","null"]}
          values as alternatives   | {"enum":["a",1]}              | {"anyOf":[{"type":"integer"},{"type":"string"}]}
          another told alternative | {"oneOf":[{"properties":{"k":{"const":"a"}},"required":["k"]}]} | {"oneOf":[{"properties":{"k":{"const":"a"}},"required":["k"]},{"properties":{"k":{"const":"b"}},"required":["k"]}]}
          a rule on the first item | {"prefixItems":[{"type":"integer"}],"items":false} | {"prefixItems":[{"type":"number"}]}
          the same by another name | {"$ref":"#/$defs/a"}          | {"$ref":"#/$defs/c"}
          """)
  void takesOfAValue(String what, String before, String after) {
    assertThat(values(before, after)).as(what).isEmpty();
  }

  private static List<BreakingChange> objects(String before, String after) {
    return changes(object(before), object(after));
  }

  private static String object(String schema) {
    return schema.equals("{}")
        ? "{\"type\":\"object\"}"
        : schema.replaceFirst("\\{", "{\"type\":\"object\",");
  }

  private static List<BreakingChange> values(String before, String after) {
    return changes(field(before), field(after));
  }

  private static String field(String schema) {
    return """
        {"type":"object","properties":{"x":%s},
         "$defs":{"a":{"type":"string"},"b":{"type":"null"},"c":{"type":"string","title":"C"}}}"""
        .formatted(schema);
  }

  private static List<BreakingChange> changes(String before, String after) {
    return SchemaChanges.breaking(Descriptors.taking(before), Descriptors.taking(after));
  }
}
