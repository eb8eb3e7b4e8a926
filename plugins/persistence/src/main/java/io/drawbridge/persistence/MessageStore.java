package io.drawbridge.persistence;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The messages in the database: one statement, one round trip, for whatever is asked. */
final class MessageStore {

  /** What an answer may have, less its own brackets. */
  private static final int ANSWER_BYTES = 256 * 1024 - 64;

  private static final String APPEND =
      "SELECT place, \"offset\", at, same FROM persistence.append($1, $2, $3)";

  /** A page, cut where the answer would grow too long; the first message always has its place. */
  private static final String PAGE =
      """
      SELECT "offset", at, key, body, fetched FROM (
        SELECT *, count(*) OVER () AS fetched, row_number() OVER part AS nth, sum(bytes) OVER part AS total
        FROM (
          SELECT message.* FROM persistence.message
          JOIN persistence.stream ON stream.id = message.stream
          WHERE stream.name = $1 AND "offset" %1$s $2
          ORDER BY "offset" %2$s LIMIT $3
        ) AS page
        WINDOW part AS (ORDER BY "offset" %2$s ROWS UNBOUNDED PRECEDING)
      ) AS counted
      WHERE nth = 1 OR total <= $4
      ORDER BY "offset" %2$s
      """;

  private static final String AFTER = PAGE.formatted(">", "ASC");
  private static final String BEFORE = PAGE.formatted("<", "DESC");

  private final Pool pool;
  private final Migrations migrations;
  private @Nullable Future<Void> prepared;

  MessageStore(Pool pool) {
    this.pool = pool;
    this.migrations = new Migrations(pool);
  }

  /** Brings the tables into shape, once; after a failure the next call tries again. */
  Future<Void> prepare() {
    Future<Void> tried = prepared;
    if (tried == null || tried.failed()) {
      tried = migrations.run();
      prepared = tried;
    }
    return tried;
  }

  /** What became of one entry of a batch: its place there, and whether its key was known. */
  record Kept(int place, Position position, boolean conflict) {}

  /** Keeps a batch in one transaction; in it no stream has a key twice. */
  Future<List<Kept>> append(List<Entry> batch) {
    Tuple arrays =
        Tuple.of(
            batch.stream().map(Entry::stream).toArray(String[]::new),
            batch.stream().map(Entry::key).toArray(String[]::new),
            batch.stream().map(Entry::json).toArray(String[]::new));
    return prepare()
        .compose(ready -> pool.preparedQuery(APPEND).execute(arrays))
        .map(rows -> rows.stream().map(MessageStore::kept).toList());
  }

  private static Kept kept(Row row) {
    Position position = Position.of(row.getLong("offset"), row.getOffsetDateTime("at"));
    int place = Math.toIntExact(row.getLong("place") - 1);
    return new Kept(place, position, Boolean.FALSE.equals(row.getBoolean("same")));
  }

  /** A page forwards. */
  Future<JsonObject> after(String stream, long offset, int limit) {
    return page(AFTER, stream, offset, limit);
  }

  /** A page backwards, the newest first. */
  Future<JsonObject> before(String stream, long offset, int limit) {
    return page(BEFORE, stream, offset, limit);
  }

  private Future<JsonObject> page(String sql, String stream, long offset, int limit) {
    Tuple bounds = Tuple.of(stream, offset, limit + 1, ANSWER_BYTES);
    return prepare()
        .compose(ready -> pool.preparedQuery(sql).execute(bounds))
        .map(rows -> answer(rows, limit));
  }

  /** One row more than asked for was fetched, to know whether there is more. */
  private static JsonObject answer(RowSet<Row> rows, int limit) {
    JsonArray messages = new JsonArray();
    long fetched = 0;
    for (Row row : rows) {
      fetched = row.getLong("fetched");
      if (messages.size() < limit) {
        messages.add(message(row));
      }
    }
    return new JsonObject().put("messages", messages).put("more", messages.size() < fetched);
  }

  private static JsonObject message(Row row) {
    Position position = Position.of(row.getLong("offset"), row.getOffsetDateTime("at"));
    Object body = row.getJson("body");
    JsonObject message = position.toJson().put("body", body == Tuple.JSON_NULL ? null : body);
    String key = row.getString("key");
    return key.charAt(0) == Entry.OWN_KEY ? message : message.put("key", key);
  }
}
