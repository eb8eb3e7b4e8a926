package io.drawbridge.permission;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** A file that nobody but its owner may read: made whole or not at all, refused if others may. */
final class OwnerOnlyFile {

  private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> FOLDER =
      PosixFilePermissions.fromString("rwx------");

  /** The longest secret worth reading. */
  private static final int LONGEST = 65_536;

  private OwnerOnlyFile() {}

  /** What the file says; made first if there is none. Two processes may do so at once. */
  static String readOrCreate(Path file, Supplier<String> content) {
    try {
      if (Files.notExists(file, LinkOption.NOFOLLOW_LINKS)) {
        create(file, content.get());
      }
      return read(file);
    } catch (IOException cause) {
      throw new UncheckedIOException(
          file
              + " can't be read or made ("
              + cause.getClass().getSimpleName()
              + "): the server's"
              + " user must own its folder",
          cause);
    }
  }

  /** The link fails where another process was first; its file then counts. */
  private static void create(Path file, String content) throws IOException {
    Path folder = Objects.requireNonNull(file.getParent());
    Files.createDirectories(Objects.requireNonNull(folder.getParent()));
    if (Files.notExists(folder)) {
      createFolder(folder);
    }
    Path draft = folder.resolve("." + file.getFileName() + "." + UUID.randomUUID());
    try (var channel =
        FileChannel.open(
            draft, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), rights(FILE))) {
      channel.write(ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8)));
      channel.force(true);
      Files.createLink(file, draft);
    } catch (FileAlreadyExistsException othersCame) {
      // Read theirs.
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private static void createFolder(Path folder) throws IOException {
    try {
      Files.createDirectory(folder, rights(FOLDER));
    } catch (FileAlreadyExistsException othersCame) {
      // Its rights are checked when the file is read.
    }
  }

  private static FileAttribute<?> rights(Set<PosixFilePermission> permissions) {
    return PosixFilePermissions.asFileAttribute(permissions);
  }

  private static String read(Path file) throws IOException {
    demand(file, FILE, "chmod 600 ");
    demand(Objects.requireNonNull(file.getParent()), FOLDER, "chmod 700 ");
    if (Files.size(file) > LONGEST) {
      throw new IllegalStateException(file + " is too large to be a key");
    }
    return Files.readString(file);
  }

  private static void demand(Path path, Set<PosixFilePermission> most, String remedy)
      throws IOException {
    Set<PosixFilePermission> rights = Files.getPosixFilePermissions(path);
    if (!most.containsAll(rights)) {
      throw new IllegalStateException(
          path
              + " is open to others ("
              + PosixFilePermissions.toString(rights)
              + "), and who reads the key can be anybody: "
              + remedy
              + path
              + ", and if others may have read it, remove it to have a new one made");
    }
  }
}
