package io.drawbridge.config;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** Looks at the files that settings name: they must be there, readable, and what they should be. */
final class FileChecks {

  private static final Set<String> FILE_FORMATS = Set.of("file", "users-file", "schema-file");

  private final Path directory;
  private final String file;
  private final List<Mistake> mistakes;

  FileChecks(SettingsFile settings, List<Mistake> mistakes) {
    this.directory = settings.directory();
    this.file = settings.name();
    this.mistakes = mistakes;
  }

  /** Why a file could not be read, in a word or two. */
  static String reason(Exception unreadable) {
    if (unreadable instanceof NoSuchFileException) {
      return "there is no such file";
    }
    if (unreadable instanceof AccessDeniedException) {
      return "access is denied";
    }
    return Objects.requireNonNullElse(unreadable.getMessage(), "unreadable");
  }

  /** Checks every file that the tree names. */
  void check(JsonNode tree, JsonNode schema) {
    walk(tree, schema, JsonPointer.empty(), true);
  }

  /** Makes every path absolute that is relative to the settings' folder. */
  void resolve(JsonNode tree, JsonNode schema) {
    walk(tree, schema, JsonPointer.empty(), false);
  }

  private void walk(JsonNode value, JsonNode schema, JsonPointer place, boolean check) {
    if (value instanceof ObjectNode object) {
      for (var entry : object.properties()) {
        JsonNode rules = schema.path("properties").path(entry.getKey());
        JsonPointer at = place.appendProperty(entry.getKey());
        if (!isPath(entry.getValue(), rules)) {
          walk(entry.getValue(), rules, at, check);
        } else if (check) {
          check(entry.getValue().asText(), rules.path("format").asText(), at.toString());
        } else {
          entry.setValue(TextNode.valueOf(directory.resolve(entry.getValue().asText()).toString()));
        }
      }
    } else if (value instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        walk(array.get(i), schema.path("items"), place.appendIndex(i), check);
      }
    }
  }

  private static boolean isPath(JsonNode value, JsonNode rules) {
    return value.isTextual() && FILE_FORMATS.contains(rules.path("format").asText());
  }

  private void check(String name, String format, String place) {
    Path path;
    try {
      path = directory.resolve(name);
    } catch (InvalidPathException invalid) {
      mistakes.add(new Mistake(file, place, Quoted.of(name) + " is no path", "Name a file"));
      return;
    }
    if (!Files.isRegularFile(path)) {
      mistakes.add(new Mistake(file, place, "there is no file " + path, nearest(name, path)));
    } else if (!Files.isReadable(path)) {
      mistakes.add(
          new Mistake(file, place, path + " can't be read", "Let the server's user read it"));
    } else if (format.equals("schema-file")) {
      checkSchema(path);
    }
  }

  private void checkSchema(Path path) {
    try {
      SchemaCheck.of(StrictJson.read(Files.readAllBytes(path), path.toString()), path.toString());
    } catch (IOException unreadable) {
      mistakes.add(
          new Mistake(
              path.toString(), "", "can't be read (" + reason(unreadable) + ")", "Look at it"));
    } catch (ConfigException broken) {
      mistakes.addAll(broken.mistakes());
    }
  }

  private String nearest(String name, Path path) {
    Path folder = Objects.requireNonNullElse(path.getParent(), directory);
    String wanted = Objects.requireNonNullElse(path.getFileName(), path).toString();
    try (Stream<Path> beside = Files.list(folder)) {
      List<String> names = beside.map(p -> folder.relativize(p).toString()).toList();
      return NearestWord.to(wanted, names)
          .map(
              near ->
                  "Did you mean " + name.substring(0, name.length() - wanted.length()) + near + "?")
          .orElse("Relative paths start at " + directory);
    } catch (IOException | StringIndexOutOfBoundsException noFolder) {
      return "Relative paths start at " + directory;
    }
  }
}
