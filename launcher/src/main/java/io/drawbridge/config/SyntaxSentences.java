package io.drawbridge.config;

import java.util.List;

/** Says what Jackson found wrong with JSON's syntax, in words for whoever wrote it. */
final class SyntaxSentences {

  private record Known(String sign, String problem, String suggestion) {}

  /** In this order: the first sign that the message shows decides. */
  private static final List<Known> KNOWN =
      List.of(
          new Known("('/' (code 47))", "a comment, which JSON doesn't have", "Remove it"),
          new Known("('#' (code 35))", "a comment, which JSON doesn't have", "Remove it"),
          new Known(
              "('}' (code 125)): was expecting double-quote",
              "a comma with nothing after it",
              "Remove the comma before }"),
          new Known(
              "(']' (code 93)): expected a value",
              "a comma with nothing after it",
              "Remove the comma before ]"),
          new Known(
              "(',' (code 44))", "a comma with nothing before it", "Remove one of the commas"),
          new Known("(''' (code 39))", "a text in single quotes", "Use double quotes"),
          new Known(
              "was expecting comma to separate",
              "no comma before this",
              "Separate entries by commas, and end with } or ]"),
          new Known(
              "was expecting double-quote to start field name",
              "a key without double quotes",
              "Write keys in double quotes"),
          new Known("was expecting a colon", "no colon after the key", "Write \"key\": value"),
          new Known(
              "Unexpected end-of-input",
              "the file ends too early",
              "Close what is open with a quote, } or ]"),
          new Known(
              "Trailing token", "something after the end of the object", "Remove what follows it"),
          new Known(
              "Illegal unquoted character",
              "a line break or a control character in a text",
              "Write \\n"),
          new Known("Invalid UTF-8", "bytes that aren't UTF-8", "Save the file as UTF-8"),
          new Known("nesting depth", "nested too deep", "Keep within 64 levels"),
          new Known("Leading zeroes", "a number with leading zeros", "Write it without them"),
          new Known(
              "Non-standard token", "a number that JSON doesn't have", "Write a finite number"));

  private SyntaxSentences() {}

  static Complaint of(String message, String content) {
    if (message.startsWith("Duplicate field")) {
      return new Complaint("the key is here twice", "Keep one of the two");
    }
    if (content.startsWith("\uFEFF")) {
      return new Complaint("a byte order mark", "Save the file as UTF-8 without one");
    }
    return KNOWN.stream()
        .filter(known -> message.contains(known.sign()))
        .findFirst()
        .map(known -> new Complaint(known.problem(), known.suggestion()))
        .orElseGet(() -> new Complaint("isn't JSON: " + firstLine(message), "Mend it there"));
  }

  private static String firstLine(String message) {
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }
}
