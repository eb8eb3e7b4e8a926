package io.drawbridge.persistence;

import io.drawbridge.config.DatabaseConfig;
import io.drawbridge.database.SharedDatabase;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** The database that the server embeds, started once for all tests of this JVM. */
final class TestDatabase {

  private static final Vertx VERTX = Vertx.vertx();
  private static final Path DATA = folder();
  private static final SharedDatabase DATABASE =
      new SharedDatabase(VERTX, new DatabaseConfig(null, 8, 1_000, 5_000, 60, 30), DATA);

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(TestDatabase::end));
  }

  private TestDatabase() {}

  static Vertx vertx() {
    return VERTX;
  }

  static Pool pool() {
    return Await.await(DATABASE.pool());
  }

  /** The process to kill. */
  static long pid() throws IOException {
    Path note = DATA.resolve("postgres/cluster/postmaster.pid");
    return Long.parseLong(Files.readAllLines(note).get(0).strip());
  }

  private static void end() {
    Await.await(DATABASE.close());
    try (Stream<Path> files = Files.walk(DATA)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path folder() {
    try {
      return Files.createTempDirectory("drawbridge-test");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
