package io.drawbridge.database;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Files and folders that nobody but their owner reads. */
final class OwnFiles {

  private static final Set<PosixFilePermission> FOLDER =
      PosixFilePermissions.fromString("rwx------");
  private static final FileAttribute<?> FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private OwnFiles() {}

  /** Makes a folder, or takes one over, for its owner alone. */
  static void directory(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      Files.setPosixFilePermissions(path, FOLDER);
      return;
    }
    Files.createDirectories(path.resolveSibling(""));
    Files.createDirectory(path, PosixFilePermissions.asFileAttribute(FOLDER));
  }

  /** Writes a small file, whole or not at all. */
  static void write(Path path, String text) throws IOException {
    Path draft = path.resolveSibling(path.getFileName() + ".new");
    Files.deleteIfExists(draft);
    Files.createFile(draft, FILE);
    Files.writeString(draft, text);
    Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Gives a folder and all in it to another user. */
  static void giveTo(Path folder, String user) throws IOException {
    UserPrincipal owner =
        folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(user);
    walk(folder, path -> Files.setAttribute(path, "posix:owner", owner, LinkOption.NOFOLLOW_LINKS));
  }

  /**
   * Lets others pass through a folder to what they own in it, without seeing what else is there.
   */
  static void letPass(Path folder) throws IOException {
    Set<PosixFilePermission> rights = new HashSet<>(Files.getPosixFilePermissions(folder));
    rights.add(PosixFilePermission.OTHERS_EXECUTE);
    Files.setPosixFilePermissions(folder, rights);
  }

  /** Deletes a folder and all in it, if it is there; a link in it is deleted, not followed. */
  static void deleteTree(Path folder) throws IOException {
    if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      walk(folder, Files::delete);
    }
  }

  private static void walk(Path folder, Action action) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            action.on(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            action.on(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** What is done to each file, and to each folder after all in it. */
  @FunctionalInterface
  private interface Action {
    void on(Path path) throws IOException;
  }
}
