package io.drawbridge.pluginhost.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Writes names, values and comments in TypeScript, so that none of them can end what it stands in.
 */
final class TypeScriptText {

  private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_$][A-Za-z0-9_$]*");
  private static final Pattern NOT_SHOWN = Pattern.compile("[\\p{Cc}\\x{2028}\\x{2029}&&[^\\n]]+");

  private TypeScriptText() {}

  static String string(String text) {
    var written = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c > '~' || c == '"' || c == '\\') {
        written.append(String.format("\\u%04x", (int) c));
      } else {
        written.append(c);
      }
    }
    return written.append('"').toString();
  }

  static String field(String name) {
    return IDENTIFIER.matcher(name).matches() ? name : string(name);
  }

  /** The type of just this value. */
  static String literal(JsonNode value) {
    if (value.isTextual()) {
      return string(value.textValue());
    }
    var inside = new ArrayList<String>();
    if (value.isArray()) {
      value.forEach(each -> inside.add(literal(each)));
      return "[" + String.join(", ", inside) + "]";
    }
    if (value.isObject()) {
      value
          .properties()
          .forEach(each -> inside.add(field(each.getKey()) + ": " + literal(each.getValue())));
      return inside.isEmpty() ? "Record<string, never>" : "{ " + String.join("; ", inside) + " }";
    }
    return value.asText();
  }

  /** A template of all addresses that a pattern stands for; an address if it is none. */
  static String key(String address) {
    if (!AddressPattern.isPattern(address)) {
      return string(address);
    }
    var parts = new ArrayList<String>();
    for (String part : List.of(address.split("\\.", -1))) {
      parts.add(AddressPattern.isPattern(part) ? "${string}" : template(part));
    }
    return "[address: `" + String.join(".", parts) + "`]";
  }

  private static String template(String part) {
    String escaped = part.replace("\\", "\\\\").replace("`", "\\`").replace("$", "\\$");
    var written = new StringBuilder();
    escaped.chars().forEach(c -> written.append(c > '~' ? String.format("\\u%04x", c) : (char) c));
    return written.toString();
  }

  /** A comment before a declaration, with a line break at its end; nothing for no words. */
  static String comment(String words, String indent) {
    String shown = NOT_SHOWN.matcher(words.replace("*/", "*\\/")).replaceAll(" ").strip();
    if (shown.isEmpty()) {
      return "";
    }
    String lines = String.join("\n" + indent + " * ", shown.split("\\s*\\n\\s*", -1));
    return indent + "/** " + lines + " */\n";
  }
}
