package io.drawbridge.pluginhost.folder;

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
public final class PluginDirectory {

  private static final Logger LOGGER = LoggerFactory.getLogger(PluginDirectory.class);
  private static final String JAR = ".jar";

  /** What a copy on its way is called by those who move it into place when it is whole. */
  private static final List<String> UNFINISHED = List.of(".tmp", ".part");

  private final Path directory;

  public PluginDirectory(PluginsConfig config) {
    this.directory = config.directory();
  }

  Path path() {
    return directory;
  }

  /** What may be plugins, by name; files that are no jars, and hidden ones, are passed over. */
  public List<Path> candidates() {
    if (!Files.isDirectory(directory)) {
      LOGGER
          .atWarn()
          .addKeyValue("directory", directory)
          .log("the plugins folder is not there: no plugin runs");
      return List.of();
    }
    return listed();
  }

  /**
   * The same, of a folder that is known to be there.
   *
   * @throws PluginException if it can't be listed
   */
  List<Path> listed() {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.filter(PluginDirectory::isCandidate).sorted().toList();
    } catch (IOException e) {
      throw new PluginException(
          directory.toString(), "", "can't be listed: " + e, "Let this user read the folder", e);
    }
  }

  private static boolean isCandidate(Path entry) {
    String name = name(entry);
    return !name.startsWith(".")
        && UNFINISHED.stream().noneMatch(name::endsWith)
        && (name.endsWith(JAR) || Files.isDirectory(entry));
  }

  /**
   * The jars of a candidate, by name, with symbolic links followed to where they lead.
   *
   * @throws PluginException if there is none, or one lies outside the plugins folder
   */
  public List<Path> jars(Path candidate) {
    try {
      Path folder = directory.toRealPath();
      inside(folder, candidate);
      List<Path> jars = jarsOf(candidate);
      if (jars.isEmpty()) {
        throw new PluginException(
            name(candidate),
            "",
            "holds no jar",
            "Put the plugin's jars in it, or move it elsewhere");
      }
      for (Path jar : jars) {
        inside(folder, jar);
      }
      return jars;
    } catch (IOException e) {
      throw new PluginException(
          name(candidate), "", "can't be read: " + e, "Let this user read it", e);
    }
  }

  /** The jar itself, or those of a folder by name, wherever they lie. */
  static List<Path> jarsOf(Path candidate) throws IOException {
    if (!Files.isDirectory(candidate)) {
      return List.of(candidate);
    }
    try (Stream<Path> entries = Files.list(candidate)) {
      return entries
          .filter(entry -> name(entry).endsWith(JAR) && !name(entry).startsWith("."))
          .sorted()
          .toList();
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

  /** The last part of a path. */
  public static String name(Path path) {
    return String.valueOf(path.getFileName());
  }
}
