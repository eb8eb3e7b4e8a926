package io.drawbridge.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where PostgreSQL's socket file lies: beside its data, or, as the system bounds a socket's path to
 * 107 bytes, in a temporary folder.
 */
final class SocketFolder implements AutoCloseable {

  /** Names the socket file; nothing listens on a port. */
  static final int PORT = 5432;

  private static final int LONGEST = 107;
  private static final String FILE = "/.s.PGSQL." + PORT + ".lock";

  private final Path path;

  private SocketFolder(Path path) {
    this.path = path;
  }

  /** Makes an empty one, for its owner alone. */
  static SocketFolder open(Path data) throws IOException {
    Path beside = data.resolve("run");
    OwnFiles.deleteTree(beside);
    if ((beside + FILE).getBytes(java.nio.charset.StandardCharsets.UTF_8).length > LONGEST) {
      return new SocketFolder(Files.createTempDirectory("drawbridge"));
    }
    OwnFiles.directory(beside);
    return new SocketFolder(beside);
  }

  Path path() {
    return path;
  }

  /** Hands the data and the socket to another user, and opens the way to them for passing. */
  void giveTo(Path data, String user) throws IOException {
    OwnFiles.giveTo(data, user);
    OwnFiles.giveTo(path, user);
    OwnFiles.letPass(data.resolveSibling(""));
  }

  @Override
  public void close() throws IOException {
    OwnFiles.deleteTree(path);
  }
}
