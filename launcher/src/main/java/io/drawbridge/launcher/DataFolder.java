package io.drawbridge.launcher;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/**
 * The folder that one server keeps everything in. A lock on {@code server.lock} keeps a second
 * server out; the system releases it however the process ends. {@code server.json} tells the other
 * commands where the server is.
 */
final class DataFolder implements AutoCloseable {

  private final Path path;
  private final FileChannel channel;

  private DataFolder(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /** Makes the folder, for its owner alone, and takes it for this process. */
  static DataFolder open(Path path) {
    try {
      createForOwner(path);
      FileChannel channel =
          FileChannel.open(
              path.resolve("server.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (lock(channel) == null) {
        channel.close();
        throw inUse(path);
      }
      return new DataFolder(path, channel);
    } catch (IOException e) {
      throw StartupException.failed(
          "the data folder "
              + path
              + " can't be written ("
              + e.getClass().getSimpleName()
              + "): give this user the right to write there, or name another with --data",
          e);
    }
  }

  private static void createForOwner(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      Path parent = path.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      Files.createDirectory(
          path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private static StartupException inUse(Path path) {
    String who = "another server";
    try {
      JsonObject server = new JsonObject(Files.readString(path.resolve("server.json")));
      who = "the server at " + server.getString("url") + " (pid " + server.getLong("pid") + ")";
    } catch (IOException | RuntimeException e) {
      // Still starting, or its note is unreadable: the lock alone says that it lives.
    }
    return StartupException.failed(
        "the data folder "
            + path
            + " belongs to "
            + who
            + ": stop that, or name another with --data",
        null);
  }

  Path path() {
    return path;
  }

  /** Notes where the server serves; whole or not at all for whoever reads it meanwhile. */
  void announce(String url) throws IOException {
    JsonObject server = new JsonObject().put("url", url).put("pid", ProcessHandle.current().pid());
    Path draft = path.resolve("server.json.new");
    Files.writeString(draft, server.encode() + "\n");
    Files.move(draft, path.resolve("server.json"), StandardCopyOption.ATOMIC_MOVE);
  }

  void withdraw() throws IOException {
    Files.deleteIfExists(path.resolve("server.json"));
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
