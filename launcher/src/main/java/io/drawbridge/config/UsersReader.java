package io.drawbridge.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Reads {@code users.json}: strictly, and checked by its schema. */
public final class UsersReader {

  private static final SchemaCheck CHECK = SchemaCheck.trusted(SettingsSchema.users());

  private UsersReader() {}

  /**
   * Reads the file.
   *
   * @throws ConfigException with all mistakes
   */
  public static JsonObject read(Path file, Map<String, String> environment) {
    Path directory = Objects.requireNonNullElse(file.toAbsolutePath().getParent(), file);
    SettingsFile read = SettingsFile.read(file, directory, environment);
    List<Mistake> mistakes = new ArrayList<>(read.mistakes());
    ObjectNode tree = read.tree();
    mistakes.addAll(CHECK.mistakes(tree, read.name(), read.filled()));
    if (!mistakes.isEmpty()) {
      throw new ConfigException(mistakes);
    }
    return Trees.of(tree);
  }
}
