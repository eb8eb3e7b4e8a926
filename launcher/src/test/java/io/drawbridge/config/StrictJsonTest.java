package io.drawbridge.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrictJsonTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"a": 1, "a": 2}       | f:/a: line 1, column 13: the key is here twice. Keep one of the two
          {"a": {"b": 1,}}       | f:/a/b: line 1, column 15: a comma with nothing after it. Remove the comma before }
          {"a": [1,]}            | f:/a/1: line 1, column 10: a comma with nothing after it. Remove the comma before ]
          {"a": 1 /* one */}     | f:/a: line 1, column 9: a comment, which JSON doesn't have. Remove it
          {"a": 1 # one          | f:/a: line 1, column 9: a comment, which JSON doesn't have. Remove it
          {'a': 1}               | f: line 1, column 2: a text in single quotes. Use double quotes
          {a: 1}                 | f: line 1, column 2: a key without double quotes. Write keys in double quotes
          {"a": 1 "b": 2}        | f:/a: line 1, column 9: no comma before this. Separate entries by commas, and end with } or ]
          {"a" 1}                | f:/a: line 1, column 6: no colon after the key. Write "key": value
          {"a": 1} {}            | f: line 1, column 10: something after the end of the object. Remove what follows it
          {"a": NaN}             | f:/a: line 1, column 10: a number that JSON doesn't have. Write a finite number
          {"a": 007}             | f:/a: line 1, column 8: a number with leading zeros. Write it without them
          [1]                    | f: doesn't hold an object. Write one object, from { to }
          """)
  void saysWhereAFileIsNoJson(String json, String mistake) {
    assertThat(read(json)).containsExactly(mistake);
  }

  @Test
  void refusesAnEmptyFile() {
    assertThat(read(" \n")).containsExactly("f: is empty. Write one object, from { to }");
  }

  @Test
  void countsLines() {
    assertThat(read("{\n  \"a\": 1,\n  // two\n  \"b\": 2\n}"))
        .containsExactly("f:/a: line 3, column 3: a comment, which JSON doesn't have. Remove it");
  }

  @Test
  void refusesAFileThatEndsTooEarly() {
    assertThat(read("{\"a\": {\"b\": 1"))
        .singleElement()
        .asString()
        .endsWith("the file ends too early. Close what is open with a quote, } or ]");
  }

  @Test
  void refusesNestingPast64() {
    assertThat(read("{\"a\":".repeat(65) + "1" + "}".repeat(65)))
        .singleElement()
        .asString()
        .contains("nested too deep");
  }

  @Test
  void refusesBytesThatAreNoUtf8() {
    byte[] latin = "{\"a\": \"é\"}".getBytes(StandardCharsets.ISO_8859_1);

    assertThat(Mistakes.of(() -> StrictJson.read(latin, "f")))
        .singleElement()
        .asString()
        .endsWith("bytes that aren't UTF-8. Save the file as UTF-8");
  }

  private static List<String> read(String json) {
    return Mistakes.of(() -> StrictJson.read(json.getBytes(StandardCharsets.UTF_8), "f"));
  }
}
