package io.drawbridge.database;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

/**
 * Unpacks the PostgreSQL that comes with the server: zonky's build for this platform, a resource on
 * the class path. It is unpacked once, beside its place, and moved there when it is whole.
 */
final class BundledBinaries {

  private static final String RIGHTS_OF_COMMANDS = "rwxr-xr-x";
  private static final int OWNER_MAY_EXECUTE = 0100;

  private BundledBinaries() {}

  /** The folder with the commands; empty where nothing was bundled for this platform. */
  static Optional<Path> unpack(Path folder) {
    URL archive = BundledBinaries.class.getResource("/postgres-" + platform() + ".txz");
    if (archive == null) {
      return Optional.empty();
    }
    Path home = folder.resolve(nameOf(archive));
    try {
      if (!Files.isDirectory(home)) {
        unpack(archive, home);
      }
      return Optional.of(home.resolve("bin"));
    } catch (IOException e) {
      throw new DatabaseException("PostgreSQL can't be unpacked to " + home + ": " + e, e);
    }
  }

  private static String platform() {
    String processor = System.getProperty("os.arch", "");
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    return switch (processor) {
      case "amd64", "x86_64" -> system + "-x86_64";
      case "aarch64", "arm64" -> system + "-arm_64";
      default -> system + "-" + processor;
    };
  }

  /** The name of the jar that holds the archive, which has the version in it. */
  private static String nameOf(URL archive) {
    String jar = archive.getPath().split("!", 2)[0];
    String name = jar.substring(jar.lastIndexOf('/') + 1);
    return name.endsWith(".jar") ? name.substring(0, name.length() - 4) : name;
  }

  private static void unpack(URL archive, Path home) throws IOException {
    Path draft = home.resolveSibling(home.getFileName() + ".new");
    OwnFiles.deleteTree(draft);
    Files.createDirectories(draft);
    try (InputStream bytes = new BufferedInputStream(archive.openStream());
        TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(bytes))) {
      for (TarArchiveEntry entry = next(tar); entry != null; entry = next(tar)) {
        write(entry, tar, draft);
      }
    }
    Files.move(draft, home, StandardCopyOption.ATOMIC_MOVE);
  }

  private static @Nullable TarArchiveEntry next(TarArchiveInputStream tar) throws IOException {
    return tar.getNextEntry();
  }

  private static void write(TarArchiveEntry entry, InputStream tar, Path draft) throws IOException {
    Path target = draft.resolve(entry.getName()).normalize();
    if (!target.startsWith(draft)) {
      throw new IOException("the archive names a file outside: " + entry.getName());
    }
    if (entry.isDirectory()) {
      Files.createDirectories(target);
      return;
    }
    Files.createDirectories(target.resolveSibling(""));
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
      return;
    }
    Files.copy(tar, target);
    if ((entry.getMode() & OWNER_MAY_EXECUTE) != 0) {
      Files.setPosixFilePermissions(target, PosixFilePermissions.fromString(RIGHTS_OF_COMMANDS));
    }
  }
}
