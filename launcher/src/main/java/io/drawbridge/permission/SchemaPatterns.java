package io.drawbridge.permission;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.drawbridge.config.Mistake;
import java.util.ArrayList;
import java.util.List;

/** Looks at the patterns of a schema: the library would tell a bad one, but not where it stands. */
final class SchemaPatterns {

  private final String name;
  private final List<Mistake> mistakes = new ArrayList<>();

  private SchemaPatterns(String name) {
    this.name = name;
  }

  /** Those that can't be matched in linear time. */
  static List<Mistake> mistakes(String name, JsonNode schema) {
    var patterns = new SchemaPatterns(name);
    patterns.walk(schema, JsonPointer.empty());
    return patterns.mistakes;
  }

  private void walk(JsonNode node, JsonPointer place) {
    for (var property : node.properties()) {
      String key = property.getKey();
      JsonNode value = property.getValue();
      JsonPointer at = place.appendProperty(key);
      if (key.equals("pattern") && value.isTextual()) {
        check(value.textValue(), at);
      } else if (key.equals("patternProperties")) {
        value.fieldNames().forEachRemaining(each -> check(each, at.appendProperty(each)));
      }
      walk(value, at);
    }
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      walk(node.get(i), place.appendIndex(i));
    }
  }

  private void check(String pattern, JsonPointer place) {
    try {
      Pattern.compile(pattern);
    } catch (PatternSyntaxException broken) {
      mistakes.add(
          new Mistake(
              name,
              place.toString(),
              "can't be matched in linear time: " + broken.getMessage(),
              "Do without look-around and back references"));
    }
  }
}
