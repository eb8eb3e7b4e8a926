package io.drawbridge.config;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Reads {@code drawbridge.json}: strictly, and with every mistake said at once. */
public final class SettingsReader {

  /** The file in the settings' folder. */
  public static final String FILE = "drawbridge.json";

  private static final SchemaCheck CHECK = SchemaCheck.trusted(SettingsSchema.drawbridge());

  private SettingsReader() {}

  /**
   * Reads the file in a folder.
   *
   * @throws ConfigException with all mistakes
   */
  public static Settings read(Path confDirectory, Map<String, String> environment) {
    return settings(SettingsFile.read(confDirectory.resolve(FILE), confDirectory, environment));
  }

  /**
   * Reads settings from a text, as a test or an embedding program has them.
   *
   * @param directory where relative paths start
   * @throws ConfigException with all mistakes
   */
  public static Settings read(String json, Path directory, Map<String, String> environment) {
    return settings(SettingsFile.read(json, directory, environment));
  }

  private static Settings settings(SettingsFile file) {
    List<Mistake> mistakes = file.mistakes(CHECK);
    var files = new FileChecks(file, mistakes);
    files.check(file.tree(), SettingsSchema.drawbridge());
    SchemaDefaults.fill(file.tree(), SettingsSchema.drawbridge());
    files.resolve(file.tree(), SettingsSchema.drawbridge());
    Settings settings = new SettingsMapping(file, mistakes).map();
    if (settings == null || !mistakes.isEmpty()) {
      throw new ConfigException(
          mistakes.stream()
              .sorted(Comparator.comparing(m -> !m.file().equals(file.name())))
              .toList());
    }
    return settings;
  }

  /** What is allowed in these settings and likely not meant, for a log line each. */
  public static List<Mistake> warnings(Settings settings) {
    return SettingsWarnings.of(settings);
  }
}
