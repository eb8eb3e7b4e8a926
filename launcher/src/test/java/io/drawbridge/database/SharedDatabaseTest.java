package io.drawbridge.database;

import static io.drawbridge.database.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbridge.config.DatabaseConfig;
import io.vertx.core.Vertx;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedDatabaseTest {

  @TempDir static Path data;
  private static Vertx vertx;
  private static SharedDatabase database;
  private static Pool pool;

  @BeforeAll
  static void start() {
    vertx = Vertx.vertx();
    database = new SharedDatabase(vertx, new DatabaseConfig(null, 3, 2, 5_000, 60, 30), data);
    pool = await(database.pool());
  }

  @AfterAll
  static void stop() {
    await(database.close());
    await(vertx.close());
  }

  @Test
  void answersAsARoleThatIsNoSuperuser() {
    var row = one("SELECT current_user::text, usesuper FROM pg_user WHERE usename = current_user");

    assertThat(row.getString(0)).isEqualTo("drawbridge");
    assertThat(row.getBoolean(1)).isFalse();
  }

  @Test
  void keepsWhatItSaysItKeeps() {
    assertThat(setting("fsync")).isEqualTo("on");
    assertThat(setting("synchronous_commit")).isEqualTo("on");
    assertThat(setting("full_page_writes")).isEqualTo("on");
    assertThat(setting("data_checksums")).isEqualTo("on");
  }

  @Test
  void listensOnNoPort() {
    assertThat(setting("listen_addresses")).isEmpty();
  }

  @Test
  void trustsNobody() throws IOException {
    var rules = Files.readString(data.resolve("postgres/cluster/pg_hba.conf"));

    assertThat(rules.lines().filter(line -> !line.startsWith("#") && !line.isBlank()))
        .isNotEmpty()
        .allMatch(line -> line.endsWith("scram-sha-256"));
  }

  @Test
  void leavesNothingThatOthersCanWrite() throws IOException {
    try (Stream<Path> files = Files.walk(data.resolve("postgres"))) {
      List<Path> writable =
          files
              .filter(file -> !Files.isSymbolicLink(file))
              .filter(SharedDatabaseTest::othersCanWrite)
              .toList();

      assertThat(writable).isEmpty();
    }
    assertThat(rights(data.resolve("postgres"))).isEqualTo("rwx------");
    assertThat(rights(data.resolve("postgres/password"))).isEqualTo("rw-------");
  }

  @Test
  void refusesASecondServerOnTheSameFolder() {
    var second = new SharedDatabase(vertx, new DatabaseConfig(null, 3, 2, 5_000, 60, 30), data);

    assertThatThrownBy(() -> await(second.pool()))
        .isInstanceOf(DatabaseException.class)
        .hasMessageContaining("belongs to another running server");
    await(second.close());
    await(database.check());
  }

  @Test
  void boundsWhoWaitsForAConnectionAndHowLong() {
    var held =
        List.of(
            await(pool.getConnection()), await(pool.getConnection()), await(pool.getConnection()));
    try {
      var waiting = List.of(pool.getConnection(), pool.getConnection());
      var refused = pool.getConnection();

      assertThatThrownBy(() -> await(refused)).isInstanceOf(ConnectionPoolTooBusyException.class);
      waiting.forEach(
          waits -> assertThatThrownBy(() -> await(waits)).hasMessageContaining("Timeout"));
    } finally {
      held.forEach(connection -> await(connection.close()));
    }
  }

  private static String setting(String name) {
    return one("SELECT current_setting('" + name + "')").getString(0);
  }

  private static Row one(String sql) {
    RowSet<Row> rows = await(pool.query(sql).execute());
    return rows.iterator().next();
  }

  private static boolean othersCanWrite(Path file) {
    try {
      Set<PosixFilePermission> rights = Files.getPosixFilePermissions(file);
      return rights.contains(PosixFilePermission.OTHERS_WRITE)
          || rights.contains(PosixFilePermission.GROUP_WRITE);
    } catch (IOException e) {
      return false;
    }
  }

  private static String rights(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
