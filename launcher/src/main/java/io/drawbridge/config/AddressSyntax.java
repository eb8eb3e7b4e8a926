package io.drawbridge.config;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The syntax of the addresses in permission rules. */
final class AddressSyntax {

  private static final Pattern PARAMETER = Pattern.compile("[A-Za-z][A-Za-z0-9_-]*");
  private static final Pattern FROM_TOKEN = Pattern.compile("\\{(sub|claim:[^{}]+)}");

  private AddressSyntax() {}

  static @Nullable Complaint complaint(String pattern) {
    if (pattern.startsWith("__vertx") || pattern.startsWith("eb.")) {
      return new Complaint(
          Quoted.of(pattern) + " is reserved and refused to everybody", "Remove the rule");
    }
    String before = "";
    for (String part : parts(pattern)) {
      Complaint complaint = part(part);
      if (complaint != null) {
        return complaint;
      }
      if (part.equals("**") && before.equals("**")) {
        return new Complaint("** stands beside **", "Write {x}.** for two or more parts");
      }
      before = part;
    }
    return null;
  }

  /** The pattern without the names of its parameters: what equals means the same addresses. */
  static String shape(String pattern) {
    List<String> shapes = new ArrayList<>();
    for (String part : parts(pattern)) {
      boolean named = part.startsWith("{") && !FROM_TOKEN.matcher(part).matches();
      shapes.add(named ? "{}" : part);
    }
    return String.join(".", shapes);
  }

  private static @Nullable Complaint part(String part) {
    if (part.isEmpty()) {
      return new Complaint("an empty part", "Look for two dots, or a dot at an end");
    }
    if (part.equals("**") || FROM_TOKEN.matcher(part).matches()) {
      return null;
    }
    if (part.equals("*")) {
      return new Complaint("* is no wildcard", "Write {x} for one part, ** for one or more");
    }
    if (part.startsWith("{") && part.indexOf('}') == part.length() - 1) {
      return PARAMETER.matcher(part.substring(1, part.length() - 1)).matches()
          ? null
          : new Complaint(Quoted.of(part) + " is no parameter", "Write {x}, {sub} or {claim:name}");
    }
    if (part.chars().anyMatch(c -> c == '{' || c == '}' || c == '*')) {
      return new Complaint(
          Quoted.of(part) + " mixes text and wildcard",
          "A wildcard is a part of its own: {x} for one part, ** for one or more");
    }
    return part.chars().anyMatch(c -> c <= ' ' || c == 0x7f)
        ? new Complaint(Quoted.of(part) + " holds a blank or control character", "Remove it")
        : null;
  }

  /** Dots inside braces belong to a claim's name. */
  private static List<String> parts(String pattern) {
    List<String> parts = new ArrayList<>();
    int start = 0;
    boolean braces = false;
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == '{' || c == '}') {
        braces = c == '{';
      } else if (c == '.' && !braces) {
        parts.add(pattern.substring(start, i));
        start = i + 1;
      }
    }
    parts.add(pattern.substring(start));
    return parts;
  }
}
