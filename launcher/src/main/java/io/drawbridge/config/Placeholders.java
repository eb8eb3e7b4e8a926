package io.drawbridge.config;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts in what {@code ${ENV_NAME}} and {@code ${file:path}} stand for, in every string of a file. A
 * second dollar sign in front makes a placeholder plain text.
 */
final class Placeholders {

  private static final int MOST_BYTES = 64 << 10;
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\$\\{|\\$\\{([^{}]*)(\\}?)");
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private final Path directory;
  private final Map<String, String> environment;
  private final String file;
  private final List<Mistake> mistakes = new ArrayList<>();
  private final Set<String> filled = new HashSet<>();

  Placeholders(Path directory, Map<String, String> environment, String file) {
    this.directory = directory;
    this.environment = environment;
    this.file = file;
  }

  /** What could not be filled in; those strings stay as they are written. */
  List<Mistake> mistakes() {
    return mistakes;
  }

  /** The pointers of the strings that were filled in: what they hold may be a secret. */
  Set<String> filled() {
    return filled;
  }

  void fillIn(ObjectNode tree) {
    fillIn(tree, JsonPointer.empty());
  }

  private void fillIn(JsonNode node, JsonPointer pointer) {
    if (node instanceof ObjectNode object) {
      for (var entry : object.properties()) {
        JsonPointer place = pointer.appendProperty(entry.getKey());
        entry.setValue(filledIn(entry.getValue(), place));
      }
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        array.set(i, filledIn(array.get(i), pointer.appendIndex(i)));
      }
    }
  }

  private JsonNode filledIn(JsonNode value, JsonPointer place) {
    if (!value.isTextual()) {
      fillIn(value, place);
      return value;
    }
    String written = value.textValue();
    if (!written.contains("${")) {
      return value;
    }
    filled.add(place.toString());
    try {
      return TextNode.valueOf(
          PLACEHOLDER.matcher(written).replaceAll(m -> Matcher.quoteReplacement(replacement(m))));
    } catch (Unfillable unfillable) {
      mistakes.add(unfillable.complaint.at(file, place.toString()));
      return value;
    }
  }

  private String replacement(java.util.regex.MatchResult match) {
    if (match.group(1) == null) {
      return "${";
    }
    String name = match.group(1);
    if (match.group(2).isEmpty()) {
      throw new Unfillable(
          "${" + name + " has no closing }", "Close it, or write $${ for a plain ${");
    }
    if (name.startsWith("file:")) {
      return content(name.substring("file:".length()));
    }
    if (!NAME.matcher(name).matches()) {
      throw new Unfillable(
          "${" + name + "} is neither ${ENV_NAME} nor ${file:path}",
          "Correct it, or write $${ for a plain ${");
    }
    String value = environment.get(name);
    if (value == null) {
      throw new Unfillable(
          "the environment variable " + name + " is not set",
          NearestWord.to(name, environment.keySet())
              .map(near -> "Set it; or did you mean ${" + near + "}?")
              .orElse("Set it where the server is started"));
    }
    return value;
  }

  private String content(String name) {
    try {
      Path path = directory.resolve(name);
      if (Files.size(path) > MOST_BYTES) {
        throw new Unfillable(path + " is larger than 64 KiB", "Name a file with one secret");
      }
      return Files.readString(path, StandardCharsets.UTF_8).replaceFirst("\\R\\z", "");
    } catch (IOException | InvalidPathException unreadable) {
      throw new Unfillable(
          "the file " + name + " can't be read (" + FileChecks.reason(unreadable) + ")",
          "Relative paths start at " + directory);
    }
  }

  /** Leaves the replacing of one string; never leaves this class. */
  private static final class Unfillable extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Complaint complaint;

    private Unfillable(String problem, String suggestion) {
      super(problem, null, false, false);
      complaint = new Complaint(problem, suggestion);
    }
  }
}
