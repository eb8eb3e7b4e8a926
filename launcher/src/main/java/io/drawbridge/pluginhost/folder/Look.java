package io.drawbridge.pluginhost.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/**
 * What some files look like from outside at one moment, links followed. Two equal looks mean that
 * nothing was changed, replaced, added or taken away in between.
 */
record Look(List<FileLook> files) {

  /** The key tells a file apart from another one of the same name, size and time. */
  record FileLook(Path path, long size, long modifiedMillis, String key) {

    private static FileLook of(Path path) {
      try {
        BasicFileAttributes seen = Files.readAttributes(path, BasicFileAttributes.class);
        // The nanoseconds count too: a file may be written twice within a millisecond.
        String key = seen.fileKey() + " " + seen.lastModifiedTime();
        return new FileLook(path, seen.size(), seen.lastModifiedTime().toMillis(), key);
      } catch (IOException gone) {
        return new FileLook(path, -1, 0, "");
      }
    }
  }

  Look {
    files = List.copyOf(files);
  }

  /** Of a jar, or of all jars in a folder; what can't be read looks like a file of size -1. */
  static Look of(Path candidate) {
    try {
      return of(PluginDirectory.jarsOf(candidate));
    } catch (IOException gone) {
      return of(List.of(candidate));
    }
  }

  static Look of(List<Path> paths) {
    var files = new ArrayList<FileLook>();
    paths.forEach(path -> files.add(FileLook.of(path)));
    return new Look(files);
  }

  /** When the last of the files was written, by the wall clock. */
  long newestMillis() {
    return files.stream().mapToLong(FileLook::modifiedMillis).max().orElse(0);
  }
}
