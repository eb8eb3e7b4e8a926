package io.drawbridge.persistence;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;

/**
 * Brings the tables into shape: numbered SQL files of this jar, each run once, all in one
 * transaction under a lock, so that servers which start together don't meet. A file that was run
 * must not change afterwards; a change is a new file. The database may know files that this jar
 * doesn't: an older version of the plugin runs on what a newer one made.
 */
final class Migrations {

  /** All that there are, in order. */
  private static final List<String> NAMES = List.of("001-streams.sql");

  /** Any number, the same for all who migrate these tables. */
  private static final long LOCK = 0x64726177_70657273L;

  private static final String PREPARE =
      """
      SET LOCAL client_min_messages = 'warning';
      SET LOCAL lock_timeout = '20s';
      SELECT pg_advisory_xact_lock(%d);
      CREATE SCHEMA IF NOT EXISTS persistence;
      CREATE TABLE IF NOT EXISTS persistence.migration (
        name text PRIMARY KEY,
        checksum text NOT NULL,
        at timestamptz NOT NULL DEFAULT now()
      )
      """
          .formatted(LOCK);

  private final Pool pool;
  private final List<Migration> migrations;

  Migrations(Pool pool) {
    this(pool, NAMES.stream().map(Migration::read).toList());
  }

  Migrations(Pool pool, List<Migration> migrations) {
    this.pool = pool;
    this.migrations = List.copyOf(migrations);
  }

  /** Runs what was not run before; on failure nothing has changed. */
  Future<Void> run() {
    return pool.withTransaction(
        connection -> {
          Future<Void> step = connection.query(PREPARE).execute().mapEmpty();
          for (Migration migration : migrations) {
            step = step.compose(done -> apply(connection, migration));
          }
          return step;
        });
  }

  private static Future<Void> apply(SqlConnection connection, Migration migration) {
    return connection
        .preparedQuery("SELECT checksum FROM persistence.migration WHERE name = $1")
        .execute(Tuple.of(migration.name()))
        .compose(
            rows ->
                rows.size() == 0
                    ? runOnce(connection, migration)
                    : migration.compare(rows.iterator().next().getString(0)));
  }

  private static Future<Void> runOnce(SqlConnection connection, Migration migration) {
    return connection
        .query(migration.sql())
        .execute()
        .compose(
            done ->
                connection
                    .preparedQuery(
                        "INSERT INTO persistence.migration (name, checksum) VALUES ($1, $2)")
                    .execute(Tuple.of(migration.name(), migration.checksum())))
        .mapEmpty();
  }
}
