package io.drawbridge.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One file of settings, read strictly, with its placeholders filled in.
 *
 * @param name the file as a person would open it
 * @param filled the pointers of the strings that hold what a placeholder stood for
 * @param mistakes what could not be filled in
 */
record SettingsFile(
    String name, Path directory, ObjectNode tree, Set<String> filled, List<Mistake> mistakes) {

  /**
   * Reads a file.
   *
   * @param directory where relative paths start
   * @throws ConfigException if it isn't there or isn't a JSON object
   */
  static SettingsFile read(Path file, Path directory, Map<String, String> environment) {
    byte[] content;
    try {
      if (Files.size(file) > StrictJson.MOST_BYTES) {
        throw new IOException("it is larger than 4 MiB");
      }
      content = Files.readAllBytes(file);
    } catch (IOException unreadable) {
      throw new ConfigException(
          List.of(
              new Mistake(
                  file.toString(),
                  "",
                  "can't be read (" + FileChecks.reason(unreadable) + ")",
                  "Make it readable, or name another folder with --conf")));
    }
    return read(content, file.toString(), directory, environment);
  }

  /** Reads settings that are no file. */
  static SettingsFile read(String json, Path directory, Map<String, String> environment) {
    return read(json.getBytes(StandardCharsets.UTF_8), "settings", directory, environment);
  }

  private static SettingsFile read(
      byte[] content, String name, Path directory, Map<String, String> environment) {
    ObjectNode tree = StrictJson.read(content, name);
    var placeholders = new Placeholders(directory, environment, name);
    placeholders.fillIn(tree);
    return new SettingsFile(
        name, directory, tree, Set.copyOf(placeholders.filled()), placeholders.mistakes());
  }

  /** What could not be filled in, and what a schema says of the rest. */
  List<Mistake> mistakes(SchemaCheck schema) {
    List<Mistake> all = new ArrayList<>(mistakes);
    schema.mistakes(tree, name, filled).stream()
        .filter(found -> mistakes.stream().noneMatch(m -> m.pointer().equals(found.pointer())))
        .forEach(all::add);
    return all;
  }
}
