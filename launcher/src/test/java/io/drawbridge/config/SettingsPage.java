package io.drawbridge.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes {@code docs/settings.md}: a frame for the reader, and every key as the schemas have it.
 */
final class SettingsPage {

  private final StringBuilder page = new StringBuilder();

  private SettingsPage() {}

  /**
   * The whole page.
   *
   * @param frame prose with the lines {@code <!-- drawbridge.json -->}, {@code <!-- users.json -->}
   *     and {@code <!-- shipped -->} where keys and the shipped file go
   */
  static String of(String frame, ObjectNode drawbridge, ObjectNode users, String shipped) {
    return frame
        .replace("<!-- drawbridge.json -->", keys(drawbridge))
        .replace("<!-- users.json -->", keys(users))
        .replace("<!-- shipped -->", "```json\n" + shipped.strip() + "\n```");
  }

  private static String keys(ObjectNode schema) {
    var keys = new SettingsPage();
    keys.object("", schema);
    return keys.page.toString().strip();
  }

  /** A table of the plain keys; then each object in it, below a heading of its own. */
  private void object(String place, JsonNode schema) {
    List<String> nested = new ArrayList<>();
    boolean begun = false;
    for (var property : schema.path("properties").properties()) {
      String key = property.getKey();
      if (property.getValue().has("properties") || items(property.getValue()).has("properties")) {
        nested.add(key);
      }
      boolean section = place.isEmpty() && nested.contains(key);
      if (!key.equals("$schema") && !section) {
        if (!begun) {
          page.append("| key | value | default | what it does |\n|---|---|---|---|\n");
          begun = true;
        }
        row(key, property.getValue(), schema, nested.contains(key));
      }
    }
    later(schema);
    for (String key : nested) {
      section(place.isEmpty() ? key : place + "." + key, schema.path("properties").path(key));
    }
  }

  private void section(String place, JsonNode schema) {
    JsonNode item = items(schema);
    boolean list = item.has("properties");
    page.append("\n")
        .append(place.contains(".") ? "####" : "###")
        .append(" `")
        .append(place)
        .append(list ? "[]`" : "`")
        .append("\n\n")
        .append(schema.path("description").asText())
        .append("\n\n");
    object(list ? place + "[]" : place, list ? item : schema);
  }

  private void row(String key, JsonNode schema, JsonNode holder, boolean nested) {
    page.append("| `").append(key).append("` | ").append(cell(value(schema))).append(" | ");
    if (required(key, holder)) {
      page.append("required");
    } else if (schema.has("default")) {
      JsonNode fallback = schema.get("default");
      page.append(fallback.isObject() ? "" : code(fallback) + size(key, fallback));
    }
    page.append(" | ").append(cell(schema.path("description").asText()));
    JsonNode example = schema.path("examples").path(0);
    if (!example.isMissingNode()) {
      page.append(" Example: ").append(code(example));
    }
    page.append(nested ? " See below." : "").append(" |\n");
  }

  private static boolean required(String key, JsonNode holder) {
    for (JsonNode name : holder.path("required")) {
      if (name.asText().equals(key)) {
        return true;
      }
    }
    return false;
  }

  private static String value(JsonNode schema) {
    String value = Expectation.of(schema).replaceFirst("^an? ", "");
    JsonNode words = items(schema).path("enum");
    if (!words.isArray()) {
      return value.replace("one of ", "").replaceAll("\"([A-Za-z0-9-]+)\"", "`$1`");
    }
    List<String> names = new ArrayList<>();
    words.forEach(word -> names.add("`" + word.asText() + "`"));
    return "list of " + String.join(", ", names);
  }

  private void later(JsonNode schema) {
    List<String> names = new ArrayList<>();
    schema.path("x-notYet").forEach(name -> names.add("`" + name.asText() + "`"));
    if (!names.isEmpty()) {
      page.append("\nRefused, for they come with a later version: ")
          .append(String.join(", ", names))
          .append(".\n");
    }
  }

  private static JsonNode items(JsonNode schema) {
    return schema.path("items");
  }

  private static String code(JsonNode value) {
    return "`" + cell(spaced(value)) + "`";
  }

  private static String spaced(JsonNode value) {
    List<String> parts = new ArrayList<>();
    if (value.isArray()) {
      value.forEach(item -> parts.add(spaced(item)));
      return "[" + String.join(", ", parts) + "]";
    }
    if (value.isObject()) {
      value.properties().forEach(e -> parts.add("\"" + e.getKey() + "\": " + spaced(e.getValue())));
      return "{" + String.join(", ", parts) + "}";
    }
    return value.toString();
  }

  /** Says a number of bytes once more, as people do. */
  private static String size(String key, JsonNode bytes) {
    if (!key.endsWith("Bytes")) {
      return "";
    }
    long kibi = bytes.asLong() >> 10;
    return kibi < 1024 ? " (" + kibi + " KiB)" : " (" + (kibi >> 10) + " MiB)";
  }

  /** A vertical bar would end the cell. */
  private static String cell(String text) {
    return text.replace("|", "\\|");
  }
}
