package io.drawbridge.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads a JSON Schema that settings name, strictly and unchecked. */
public final class SchemaFile {

  private SchemaFile() {}

  /**
   * Reads the file.
   *
   * @throws ConfigException if it can't be read or isn't a JSON object
   */
  public static ObjectNode read(Path file) {
    try {
      return StrictJson.read(Files.readAllBytes(file), file.toString());
    } catch (IOException unreadable) {
      throw new ConfigException(
          List.of(
              new Mistake(
                  file.toString(),
                  "",
                  "can't be read (" + FileChecks.reason(unreadable) + ")",
                  "Look at the file")));
    }
  }
}
