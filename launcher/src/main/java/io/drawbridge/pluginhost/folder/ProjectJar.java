package io.drawbridge.pluginhost.folder;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Packs a project's build output as a plugin: one jar or, with libraries, a folder of jars. The
 * same files always become the same bytes, so that a build that changed nothing changes nothing.
 */
final class ProjectJar {

  /** The earliest that a zip can say. */
  private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  private final Path classes;
  private final Path folder;
  private final String name;

  ProjectJar(Path classes, Path folder, String name) {
    this.classes = classes;
    this.folder = folder;
    this.name = name;
  }

  /** Packs classes and takes libraries along; returns the jar or the folder. */
  Path pack(List<Path> files) throws IOException {
    List<Path> own = files.stream().filter(file -> file.startsWith(classes)).toList();
    List<Path> libraries = files.stream().filter(file -> !file.startsWith(classes)).toList();
    Files.createDirectories(folder);
    Path draft = Files.createTempFile(folder, name, ".tmp");
    try {
      write(own, draft);
      return libraries.isEmpty() ? alone(draft) : beside(draft, libraries);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private Path alone(Path draft) throws IOException {
    return Files.move(
        draft,
        folder.resolve(name + ".jar"),
        StandardCopyOption.REPLACE_EXISTING,
        StandardCopyOption.ATOMIC_MOVE);
  }

  private Path beside(Path draft, List<Path> libraries) throws IOException {
    Path place = Files.createDirectories(folder.resolve(name));
    var kept = new HashSet<String>();
    for (Path library : libraries) {
      String file = PluginDirectory.name(library);
      kept.add(file);
      copyIfChanged(library, place.resolve(file));
    }
    kept.add("classes.jar");
    Files.move(
        draft,
        place.resolve("classes.jar"),
        StandardCopyOption.REPLACE_EXISTING,
        StandardCopyOption.ATOMIC_MOVE);
    for (Path old : PluginDirectory.jarsOf(place)) {
      if (!kept.contains(PluginDirectory.name(old))) {
        Files.delete(old);
      }
    }
    return place;
  }

  private static void copyIfChanged(Path from, Path to) throws IOException {
    boolean same =
        Files.exists(to)
            && Files.size(from) == Files.size(to)
            && Files.getLastModifiedTime(from).equals(Files.getLastModifiedTime(to));
    if (!same) {
      Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
    }
  }

  private void write(List<Path> files, Path jar) throws IOException {
    try (ZipOutputStream zip =
        new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(jar)))) {
      zip.setLevel(Deflater.BEST_SPEED);
      for (Path file : files) {
        ZipEntry entry = new ZipEntry(classes.relativize(file).toString().replace('\\', '/'));
        entry.setTimeLocal(NO_TIME);
        zip.putNextEntry(entry);
        Files.copy(file, zip);
        zip.closeEntry();
      }
    }
  }
}
