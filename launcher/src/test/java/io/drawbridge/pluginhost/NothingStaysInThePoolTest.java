package io.drawbridge.pluginhost;

import static io.drawbridge.pluginhost.PluginHostFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.config.DatabaseConfig;
import io.drawbridge.database.SharedDatabase;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The connections of a real PostgreSQL outlive the plugins that opened and used them. */
class NothingStaysInThePoolTest {

  @TempDir static Path folder;
  private static PluginHostFixture house;
  private static SharedDatabase database;

  private final Loaders loaders = new Loaders();

  /** One Vert.x, as in a server: connections are made on the contexts of plugins. */
  @BeforeAll
  static void furnish() throws IOException {
    house = new PluginHostFixture(folder);
    database =
        new SharedDatabase(
            house.vertx,
            new DatabaseConfig(null, 4, 100, 5_000, 60, 30),
            folder.resolve("postgres"));
    house.database = database.pool();
    house.config.put("probation", new JsonObject().put("seconds", 0)).put("drainSeconds", 1);
    house.start();
  }

  @AfterAll
  static void clear() {
    await(database.close());
    house.close();
  }

  @AfterEach
  void forget() {
    loaders.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a query | return context.pool().query(\"SELECT 1\").mapping(row -> new Note()).execute().compose(rows -> reply(1));",
        "a prepared query | return context.pool().preparedQuery(\"SELECT $1::text\").execute(io.vertx.sqlclient.Tuple.of(\"x\")).compose(rows -> reply(1));",
        "a transaction | return context.pool().withTransaction(lent -> lent.query(\"SELECT 1\").execute()).compose(rows -> reply(1));",
        "a connection that is kept | return context.pool().getConnection().compose(lent -> { kept.add(lent.closeHandler(any -> kept.clear())); return reply(1); });",
        "an open transaction | return context.pool().getConnection().compose(lent -> lent.begin()).compose(any -> reply(1));",
        "a listener | return context.pool().getConnection().compose(lent -> { ((io.vertx.pgclient.PgConnection) lent).notificationHandler(each -> kept.clear()); return lent.query(\"LISTEN stays\").execute(); }).compose(any -> reply(1));",
        "a query that still runs | context.pool().query(\"SELECT pg_sleep(2)\").execute().onComplete(any -> kept.clear()); return reply(1);"
      })
  void whatUsesThePoolIsCollected(String what, String handler) {
    for (int version = 0; version < 4; version++) {
      house.deploy(
          Loaders.version("1." + version + ".0", "\"needs\": [\"database\"]", "", handler, ""));
      loaders.note();
      await(house.askAs("s-1", "stays.ask", new JsonObject()));
    }

    assertThat(loaders.left(1)).as(what).isEqualTo(1);
    await(house.host().undeploy("stays", "tester"));
    assertThat(loaders.left(0)).as(what).isZero();
    Pool pool = await(database.pool());
    assertThat(await(pool.query("SELECT 1").execute()).size())
        .as("the pool serves on")
        .isEqualTo(1);
  }
}
