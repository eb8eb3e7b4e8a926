package io.drawbridge.persistence;

import static io.drawbridge.persistence.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MigrationsTest {

  /** Each test migrates something of its own. */
  private final String name = "test-" + UUID.randomUUID() + ".sql";

  private final String table = "persistence.t" + UUID.randomUUID().toString().replace("-", "");
  private final Pool pool = TestDatabase.pool();

  @Test
  void runsEachFileOnceHoweverManyServersStartTogether() {
    var migration = new Migration(name, "CREATE TABLE " + table + " (id int)");
    var servers =
        IntStream.range(0, 6)
            .mapToObj(n -> new Migrations(pool, List.of(migration)).run())
            .toList();

    await(Future.all(servers));

    assertThat(runs()).isEqualTo(1);
  }

  @Test
  void refusesAFileThatHasChanged() {
    await(new Migrations(pool, List.of(new Migration(name, "SELECT 1"))).run());
    var changed = new Migrations(pool, List.of(new Migration(name, "SELECT 2")));

    assertThatThrownBy(() -> await(changed.run()))
        .hasMessageStartingWith("migration " + name + " is not the one that this database has run");
  }

  @Test
  void leavesNothingBehindOfFilesThatFail() {
    var good = new Migration(name, "CREATE TABLE " + table + " (id int)");
    var bad = new Migration("z" + name, "CREATE TABLE nonsense nonsense");

    assertThatThrownBy(() -> await(new Migrations(pool, List.of(good, bad)).run()))
        .hasMessageContaining("nonsense");

    assertThat(runs()).isZero();
    await(new Migrations(pool, List.of(good)).run());
    assertThat(runs()).isEqualTo(1);
  }

  @Test
  void leavesFilesAloneThatANewerVersionHasRun() {
    await(new Migrations(pool, List.of(new Migration(name, "SELECT 1"))).run());

    await(new Migrations(pool, List.of()).run());

    assertThat(runs()).isEqualTo(1);
  }

  private long runs() {
    return await(
            pool.preparedQuery("SELECT count(*) FROM persistence.migration WHERE name = $1")
                .execute(Tuple.of(name)))
        .iterator()
        .next()
        .getLong(0);
  }
}
