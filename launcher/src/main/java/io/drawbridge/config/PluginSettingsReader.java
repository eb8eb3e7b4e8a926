package io.drawbridge.config;

import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the settings of plugins, {@code plugins/<id>.json} in the settings' folder. */
public final class PluginSettingsReader {

  private final Path confDirectory;
  private final Map<String, String> environment;

  /**
   * Prepares for one folder.
   *
   * @param confDirectory the folder with {@code drawbridge.json}; relative paths in placeholders
   *     start there
   */
  public PluginSettingsReader(Path confDirectory, Map<String, String> environment) {
    this.confDirectory = confDirectory;
    this.environment = Map.copyOf(environment);
  }

  /** The file that would hold a plugin's settings. */
  public Path file(String pluginId) {
    return confDirectory.resolve("plugins").resolve(pluginId + ".json");
  }

  /**
   * Reads the settings of one plugin, unchecked.
   *
   * @return empty if it has no file
   * @throws ConfigException with all mistakes
   */
  public JsonObject read(String pluginId) {
    Path path = file(pluginId);
    if (!Files.exists(path)) {
      return new JsonObject();
    }
    SettingsFile file = SettingsFile.read(path, confDirectory, environment);
    if (!file.mistakes().isEmpty()) {
      throw new ConfigException(file.mistakes());
    }
    return withoutSchema(file);
  }

  /**
   * Reads the settings of one plugin, checks them by its schema and puts in the schema's defaults.
   * A plugin without a file is checked too: its schema may require something.
   *
   * @throws ConfigException with all mistakes
   */
  public JsonObject read(String pluginId, SchemaCheck schema) {
    Path path = file(pluginId);
    if (!Files.exists(path)) {
      return checked(schema, new JsonObject(), schema.mistakes(new JsonObject(), path.toString()));
    }
    SettingsFile file = SettingsFile.read(path, confDirectory, environment);
    JsonObject settings = withoutSchema(file);
    return checked(schema, settings, file.mistakes(schema));
  }

  /** All that is wrong with the settings of one plugin, whose schema may be unknown. */
  List<Mistake> mistakes(String pluginId, @Nullable SchemaCheck schema) {
    try {
      if (schema == null) {
        read(pluginId);
      } else {
        read(pluginId, schema);
      }
      return List.of();
    } catch (ConfigException refused) {
      return refused.mistakes();
    }
  }

  private static JsonObject checked(
      SchemaCheck schema, JsonObject settings, List<Mistake> mistakes) {
    if (!mistakes.isEmpty()) {
      throw new ConfigException(mistakes);
    }
    return schema.withDefaults(settings);
  }

  /** The key {@code $schema} is for editors. */
  private static JsonObject withoutSchema(SettingsFile file) {
    file.tree().remove("$schema");
    return Trees.of(file.tree());
  }
}
