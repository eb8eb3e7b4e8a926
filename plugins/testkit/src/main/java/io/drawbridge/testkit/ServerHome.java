package io.drawbridge.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * The built server: where {@code -Ddrawbridge.home} says, else unpacked from this library into
 * {@code target/}, once for each build of the library.
 */
final class ServerHome {

  private static final String PACKED = "home.zip";

  private ServerHome() {}

  static Path locate() throws IOException {
    String named = System.getProperty("drawbridge.home");
    if (named != null) {
      return checked(Path.of(named));
    }
    URL packed = ServerHome.class.getResource(PACKED);
    if (packed == null) {
      throw new IOException(
          "the test kit holds no server: use its jar, or set -Ddrawbridge.home to a built one");
    }
    return unpacked(packed, Path.of(System.getProperty("basedir", "")).resolve("target"));
  }

  private static Path checked(Path home) throws IOException {
    if (!Files.exists(home.resolve("lib/drawbridge.jar"))) {
      throw new IOException(home + " holds no server: set -Ddrawbridge.home to a built one");
    }
    return home.toAbsolutePath();
  }

  private static Path unpacked(URL packed, Path target) throws IOException {
    Path home = target.toAbsolutePath().resolve("drawbridge-testkit-" + stamp());
    if (Files.exists(home)) {
      return checked(home);
    }
    Files.createDirectories(target);
    Path draft = Files.createTempDirectory(target, "drawbridge-testkit");
    try (InputStream in = packed.openStream();
        ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path file = draft.resolve(entry.getName()).normalize();
        if (!entry.isDirectory() && file.startsWith(draft)) {
          Files.createDirectories(file.resolveSibling(""));
          Files.copy(zip, file);
        }
      }
    }
    return moved(draft, home);
  }

  /** Whole or not at all; of two builds that unpack at once the first one wins. */
  private static Path moved(Path draft, Path home) throws IOException {
    try {
      Files.move(draft, home, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      delete(draft);
      if (!Files.exists(home)) {
        throw e;
      }
    }
    return checked(home);
  }

  /** Tells one build of the library from another. */
  private static String stamp() throws IOException {
    try {
      Path library =
          Path.of(ServerHome.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return Long.toString(Files.getLastModifiedTime(library).toMillis(), Character.MAX_RADIX)
          + "-"
          + Long.toString(Files.size(library), Character.MAX_RADIX);
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
  }

  /** Deletes a folder with all that is in it. */
  static void delete(Path folder) throws IOException {
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path each : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    }
  }
}
