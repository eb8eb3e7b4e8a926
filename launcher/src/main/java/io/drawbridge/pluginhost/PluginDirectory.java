package io.drawbridge.pluginhost;

import io.drawbridge.config.PluginsConfig;
import io.drawbridge.pluginhost.contract.PluginException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder that ops put plugins in: each a jar, or a folder of jars. Nothing is ever run from it,
 * so that files may be replaced or taken away at any time.
 */
final class PluginDirectory {

  private static final Logger LOGGER = LoggerFactory.getLogger(PluginDirectory.class);
  private static final String JAR = ".jar";

  private final Path directory;

  PluginDirectory(PluginsConfig config) {
    this.directory = config.directory();
  }

  /** What may be plugins, by name; files that are no jars, and hidden ones, are passed over. */
  List<Path> candidates() {
    if (!Files.isDirectory(directory)) {
      LOGGER
          .atWarn()
          .addKeyValue("directory", directory)
          .log("the plugins folder is not there: no plugin runs");
      return List.of();
    }
    try (Stream<Path> entries = Files.list(directory)) {
      return entries
          .filter(entry -> !name(entry).startsWith("."))
          .filter(entry -> name(entry).endsWith(JAR) || Files.isDirectory(entry))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new PluginException(
          directory.toString(), "", "can't be listed: " + e, "Let this user read the folder", e);
    }
  }

  /**
   * The jars of a candidate, by name, with symbolic links followed to where they lead.
   *
   * @throws PluginException if there is none, or one lies outside the plugins folder
   */
  List<Path> jars(Path candidate) {
    try {
      Path folder = directory.toRealPath();
      inside(folder, candidate);
      List<Path> jars = Files.isDirectory(candidate) ? jarsIn(candidate) : List.of(candidate);
      for (Path jar : jars) {
        inside(folder, jar);
      }
      return jars;
    } catch (IOException e) {
      throw new PluginException(
          name(candidate), "", "can't be read: " + e, "Let this user read it", e);
    }
  }

  private static List<Path> jarsIn(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      List<Path> jars = entries.filter(entry -> name(entry).endsWith(JAR)).sorted().toList();
      if (jars.isEmpty()) {
        throw new PluginException(
            name(folder), "", "holds no jar", "Put the plugin's jars in it, or move it elsewhere");
      }
      return jars;
    }
  }

  private static void inside(Path folder, Path path) throws IOException {
    Path real = path.toRealPath();
    if (!real.startsWith(folder)) {
      throw new PluginException(
          name(path), "", "is a link out of the plugins folder", "Put the file itself there");
    }
    if (name(path).endsWith(JAR) && !Files.isRegularFile(real)) {
      throw new PluginException(
          name(path), "", "is no file", "Put a jar there, or move it elsewhere");
    }
  }

  static String name(Path path) {
    return String.valueOf(path.getFileName());
  }
}
