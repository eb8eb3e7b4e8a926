package io.drawbridge.permission;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A permission rule's address, cut into parts.
 *
 * @param text the pattern as ops wrote it
 * @param parts one or more
 */
record AddressPattern(String text, List<Part> parts) {

  private static final Pattern PARAMETER = Pattern.compile("[A-Za-z][A-Za-z0-9_-]*");
  private static final String CLAIM = "claim:";

  /** What one part of a pattern matches. */
  sealed interface Part {
    /** Exactly this text. */
    record Literal(String text) implements Part {}

    /** What the token says: {@code sub}, or a claim. */
    record FromToken(TokenValue value) implements Part {}

    /** Any one part. */
    record One() implements Part {}

    /** One or more parts. */
    record Many() implements Part {}
  }

  AddressPattern {
    parts = List.copyOf(parts);
  }

  /**
   * Cuts a pattern.
   *
   * @throws IllegalArgumentException with a sentence for ops
   */
  static AddressPattern parse(String text) {
    var parts = new ArrayList<Part>();
    for (String part : split(text)) {
      Part next = part(part);
      if (next instanceof Part.Many && !parts.isEmpty() && parts.get(parts.size() - 1) == next) {
        throw new IllegalArgumentException(
            "'**' stands beside '**'; write '{x}.**' for two or more");
      }
      parts.add(next);
    }
    return new AddressPattern(text, parts);
  }

  private static final Part ONE = new Part.One();
  private static final Part MANY = new Part.Many();

  /** Dots inside braces belong to a claim's name. */
  private static List<String> split(String text) {
    var parts = new ArrayList<String>();
    int start = 0;
    boolean braces = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '{') {
        braces = true;
      } else if (c == '}') {
        braces = false;
      } else if (c == '.' && !braces) {
        parts.add(text.substring(start, i));
        start = i + 1;
      }
    }
    parts.add(text.substring(start));
    return parts;
  }

  private static Part part(String part) {
    if (part.isEmpty()) {
      throw new IllegalArgumentException("has an empty part: look for two dots or one at an end");
    }
    if (part.equals("**")) {
      return MANY;
    }
    if (part.startsWith("{") && part.indexOf('}') == part.length() - 1) {
      return parameter(part.substring(1, part.length() - 1));
    }
    if (part.chars().anyMatch(c -> c == '{' || c == '}' || c == '*')) {
      throw new IllegalArgumentException(
          "part '" + part + "' mixes text and wildcard; a wildcard is a whole part: {x} or **");
    }
    if (part.chars().anyMatch(c -> c <= ' ' || c == 0x7f)) {
      throw new IllegalArgumentException(
          "part '" + part.strip() + "' holds a blank or a control character");
    }
    return new Part.Literal(part);
  }

  private static Part parameter(String name) {
    if (name.equals("sub")) {
      return new Part.FromToken(TokenValue.SUB);
    }
    if (name.startsWith(CLAIM) && name.length() > CLAIM.length()) {
      return new Part.FromToken(new TokenValue(name.substring(CLAIM.length())));
    }
    if (PARAMETER.matcher(name).matches()) {
      return ONE;
    }
    throw new IllegalArgumentException(
        "'{" + name + "}' is no parameter: write {x}, {sub} or {claim:name}");
  }
}
