package io.drawbridge.pluginhost;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PrepareOptions;
import io.vertx.sqlclient.PreparedQuery;
import io.vertx.sqlclient.Query;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;

/** The shared pool as a plugin sees it: all of it but the way to close it for the others. */
final class LentPool implements Pool {

  private final Pool shared;

  LentPool(Pool shared) {
    this.shared = shared;
  }

  @Override
  public Future<SqlConnection> getConnection() {
    return shared.getConnection();
  }

  @Override
  public Query<RowSet<Row>> query(String sql) {
    return shared.query(sql);
  }

  @Override
  public PreparedQuery<RowSet<Row>> preparedQuery(String sql) {
    return shared.preparedQuery(sql);
  }

  @Override
  public PreparedQuery<RowSet<Row>> preparedQuery(String sql, PrepareOptions options) {
    return shared.preparedQuery(sql, options);
  }

  @Override
  public int size() {
    return shared.size();
  }

  /** Leaves the pool open: it is everybody's. */
  @Override
  public Future<Void> close() {
    return Future.succeededFuture();
  }
}
