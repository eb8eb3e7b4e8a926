package io.drawbridge.pluginhost;

import static io.drawbridge.pluginhost.PluginHostFixture.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbridge.config.DatabaseConfig;
import io.drawbridge.database.SharedDatabase;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Cursor;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PreparedStatement;
import io.vertx.sqlclient.Query;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a plugin may take of the database's pool, with a real PostgreSQL. */
class LentPoolTest {

  @TempDir static Path data;
  private static Vertx vertx;
  private static SharedDatabase database;
  private static Pool shared;

  @BeforeAll
  static void start() {
    vertx = Vertx.vertx();
    database = new SharedDatabase(vertx, new DatabaseConfig(null, 4, 100, 5_000, 60, 30), data);
    shared = await(database.pool());
    await(shared.query("CREATE TABLE lent (n int)").execute());
  }

  @AfterAll
  static void stop() {
    await(database.close());
    await(vertx.close());
  }

  private static LentPool lend(int connections, int waitMillis, int leaseSeconds) {
    var share = new PoolShare("greedy", connections, 10, waitMillis);
    return new LentPool("greedy", vertx, shared, share, leaseSeconds);
  }

  @Test
  void aPluginThatSitsOnItsConnectionsLeavesTheOthersTheirs() {
    LentPool greedy = lend(2, 200, 60);
    List<SqlConnection> held = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      held.add(await(greedy.getConnection()));
    }

    Future<SqlConnection> third = greedy.getConnection();
    Future<?> query = greedy.query("SELECT 1").execute();
    await(third.otherwiseEmpty());
    await(query.otherwiseEmpty());

    assertThat(third.cause())
        .hasMessageContaining("plugin greedy has 2 connections")
        .hasMessageContaining("plugins.containment.connections");
    assertThat(query.cause()).hasMessageContaining("plugins.containment.connections");
    assertThat(await(shared.query("SELECT 1").execute()).size()).isEqualTo(1);
    held.forEach(connection -> await(connection.close()));
    await(await(greedy.getConnection()).close());
  }

  @Test
  void whoWaitsGetsTheNextOneThatComesBack() {
    LentPool greedy = lend(1, 5_000, 60);
    SqlConnection first = await(greedy.getConnection());
    Future<SqlConnection> second = greedy.getConnection();
    assertThat(second.isComplete()).isFalse();

    await(first.close());

    await(await(second).close());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aConnectionThatIsKeptTooLongIsTakenBackAndItsTransactionUndone(boolean inSql) {
    LentPool greedy = lend(1, 100, 1);
    SqlConnection kept = await(greedy.getConnection());
    await(inSql ? kept.query("BEGIN").execute().mapEmpty() : kept.begin());
    await(kept.query("INSERT INTO lent VALUES (1)").execute());

    SqlConnection next = retry(greedy);

    assertThat(await(next.query("SELECT * FROM lent WHERE n = 1").execute()).size()).isZero();
    await(next.query("COMMIT").execute());
    int left = await(count(1));
    assertThat(left).isZero();
    assertThatThrownBy(() -> kept.query("SELECT 1")).hasMessageContaining("no longer");
    await(next.close());
  }

  private static SqlConnection retry(LentPool pool) {
    for (int i = 0; i < 50; i++) {
      Future<SqlConnection> next = pool.getConnection();
      await(next.otherwiseEmpty());
      if (next.succeeded()) {
        return next.result();
      }
    }
    throw new AssertionError("no connection came back");
  }

  @Test
  void whatAnInstanceHoldsAtItsEndIsTakenBack() {
    LentPool greedy = lend(2, 100, 60);
    SqlConnection kept = await(greedy.getConnection());
    await(kept.begin());
    await(kept.query("INSERT INTO lent VALUES (2)").execute());

    greedy.end();

    assertThat(await(count(2))).isZero();
    Future<SqlConnection> late = greedy.getConnection();
    await(late.otherwiseEmpty());
    assertThat(late.cause()).hasMessageContaining("has stopped");
  }

  @Test
  void whatCameFromAConnectionEndsWithIt() {
    LentPool pool = lend(1, 1_000, 60);
    SqlConnection kept = await(pool.getConnection());
    await(kept.begin());
    PreparedStatement prepared = await(kept.prepare("SELECT generate_series(1, 9)"));
    Query<?> query = kept.query("SELECT 1");
    Cursor cursor = prepared.cursor();
    assertThat(await(cursor.read(2)).size()).isEqualTo(2);

    await(kept.close());

    for (Future<?> late : List.of(query.execute(), cursor.read(2), kept.prepare("SELECT 1"))) {
      await(late.otherwiseEmpty());
      assertThat(late.cause()).hasMessageContaining("no longer");
    }
    assertThatThrownBy(prepared::query).hasMessageContaining("no longer");
    assertThatThrownBy(() -> prepared.createStream(2)).hasMessageContaining("no longer");
  }

  private static Future<Integer> count(int n) {
    return shared
        .preparedQuery("SELECT count(*)::int FROM lent WHERE n = $1")
        .execute(Tuple.of(n))
        .map(rows -> rows.iterator().next().getInteger(0));
  }

  @Test
  void everythingElseWorksAsInThePoolItself() {
    LentPool pool = lend(2, 1_000, 60);

    List<Integer> mapped = new ArrayList<>();
    await(pool.query("SELECT 7").mapping(row -> row.getInteger(0)).execute()).forEach(mapped::add);
    await(
        pool.preparedQuery("INSERT INTO lent VALUES ($1)")
            .executeBatch(List.of(Tuple.of(10), Tuple.of(11))));
    int sum =
        await(
            pool.withTransaction(
                connection ->
                    connection
                        .preparedQuery("SELECT sum(n)::int FROM lent WHERE n >= $1")
                        .mapping(row -> row.getInteger(0))
                        .execute(Tuple.of(10))
                        .map(rows -> rows.iterator().next())));
    PgConnection connection = PgConnection.cast(await(pool.getConnection()));

    assertThat(mapped).containsExactly(7);
    assertThat(sum).isEqualTo(21);
    assertThat(connection.processId()).isPositive();
    await(connection.close());
  }
}
