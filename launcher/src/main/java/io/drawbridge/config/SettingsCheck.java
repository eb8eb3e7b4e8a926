package io.drawbridge.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can be said about a settings' folder without starting the server.
 *
 * @param settings what {@code drawbridge.json} says; null if that has mistakes
 * @param mistakes what keeps the server, or a plugin, from starting
 * @param warnings what is allowed, and likely not meant
 */
public record SettingsCheck(
    @Nullable Settings settings, List<Mistake> mistakes, List<Mistake> warnings) {

  public SettingsCheck {
    mistakes = List.copyOf(new LinkedHashSet<>(mistakes));
    warnings = List.copyOf(warnings);
  }

  /**
   * Checks {@code drawbridge.json} and every {@code plugins/<id>.json} in a folder.
   *
   * @param plugins finds the schemas of the plugins that are there, by id; the settings of others
   *     are read, and no more
   */
  public static SettingsCheck of(
      Path confDirectory,
      Map<String, String> environment,
      Function<Settings, Map<String, SchemaCheck>> plugins) {
    List<Mistake> mistakes = new ArrayList<>();
    List<Mistake> warnings = new ArrayList<>();
    Settings settings = null;
    try {
      settings = SettingsReader.read(confDirectory, environment);
      warnings.addAll(SettingsWarnings.of(settings));
    } catch (ConfigException refused) {
      mistakes.addAll(refused.mistakes());
    }
    Map<String, SchemaCheck> known =
        plugins.apply(settings == null ? Settings.defaults(confDirectory) : settings);
    var reader = new PluginSettingsReader(confDirectory, environment);
    for (String plugin : ids(confDirectory, known.keySet())) {
      mistakes.addAll(reader.mistakes(plugin, known.get(plugin)));
    }
    return new SettingsCheck(settings, mistakes, warnings);
  }

  /** The same, and what a room finds that takes its settings in earnest. */
  public SettingsCheck and(Consumer<Settings> room) {
    if (settings == null) {
      return this;
    }
    try {
      room.accept(settings);
      return this;
    } catch (ConfigException refused) {
      List<Mistake> all = new ArrayList<>(mistakes);
      all.addAll(refused.mistakes());
      return new SettingsCheck(settings, all, warnings);
    }
  }

  /** The plugins that have a file, and those that might need one. */
  private static Set<String> ids(Path confDirectory, Set<String> known) {
    Set<String> ids = new LinkedHashSet<>();
    try (Stream<Path> files = Files.list(confDirectory.resolve("plugins"))) {
      files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.endsWith(".json"))
          .sorted()
          .forEach(name -> ids.add(name.substring(0, name.length() - ".json".length())));
    } catch (IOException none) {
      // Plugins may have no settings at all.
    }
    ids.addAll(known);
    return ids;
  }
}
