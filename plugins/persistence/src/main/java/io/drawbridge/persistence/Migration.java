package io.drawbridge.persistence;

import io.vertx.core.Future;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** One numbered step, and its text. */
record Migration(String name, String sql) {

  /** Reads a file that lies in the jar beside this class. */
  static Migration read(String name) {
    try (InputStream file = Migration.class.getResourceAsStream("migrations/" + name)) {
      if (file == null) {
        throw new IllegalStateException("the jar lacks migrations/" + name);
      }
      return new Migration(name, new String(file.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String checksum() {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(sql.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Fails if this is not the text that the database was given. */
  Future<Void> compare(String known) {
    return known.equals(checksum())
        ? Future.succeededFuture()
        : Future.failedFuture(
            "migration "
                + name
                + " is not the one that this database has run: put the old text back, and write the"
                + " change as a new file");
  }
}
