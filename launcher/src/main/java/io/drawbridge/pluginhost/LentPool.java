package io.drawbridge.pluginhost;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Cursor;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PrepareOptions;
import io.vertx.sqlclient.PreparedQuery;
import io.vertx.sqlclient.PreparedStatement;
import io.vertx.sqlclient.Query;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.RowStream;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Transaction;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The shared pool as one instance of a plugin sees it: all of it but the way to close it for the
 * others, within the plugin's {@link PoolShare}. A connection that is kept too long is taken back,
 * and so is what an instance holds when it ends; an open transaction is then rolled back.
 */
final class LentPool implements Pool {

  private static final Logger LOGGER = LoggerFactory.getLogger(LentPool.class);

  private final String plugin;
  private final Vertx vertx;
  private final Pool shared;
  private final PoolShare share;
  private final int leaseSeconds;
  private final Set<Lease> leases = ConcurrentHashMap.newKeySet();
  private volatile boolean ended;

  LentPool(String plugin, Vertx vertx, Pool shared, PoolShare share, int leaseSeconds) {
    this.plugin = plugin;
    this.vertx = vertx;
    this.shared = shared;
    this.share = share;
    this.leaseSeconds = leaseSeconds;
  }

  @Override
  public Future<SqlConnection> getConnection() {
    return share
        .enter(vertx)
        .compose(any -> shared.getConnection().onFailure(failure -> share.leave()))
        .compose(
            connection -> {
              Lease lease = new Lease(connection);
              leases.add(lease);
              if (ended) {
                return lease
                    .takeBack()
                    .compose(any -> Future.failedFuture("plugin " + plugin + " has stopped"));
              }
              return Future.succeededFuture(lease.lent);
            });
  }

  /** Takes back what is still out. */
  void end() {
    ended = true;
    leases.forEach(Lease::takeBack);
  }

  @Override
  public Query<RowSet<Row>> query(String sql) {
    return within(shared.query(sql));
  }

  @Override
  public PreparedQuery<RowSet<Row>> preparedQuery(String sql) {
    return within(shared.preparedQuery(sql));
  }

  @Override
  public PreparedQuery<RowSet<Row>> preparedQuery(String sql, PrepareOptions options) {
    return within(shared.preparedQuery(sql, options));
  }

  /** A query that takes a connection for as long as it runs. */
  private <Q extends Query<?>> Q within(Q query) {
    return proxy(
        query,
        (self, method, arguments) ->
            switch (method.getName()) {
              case "execute", "executeBatch" ->
                  share
                      .enter(vertx)
                      .compose(
                          any -> run(query, method, arguments).onComplete(done -> share.leave()));
              case "mapping", "collecting" -> within((Query<?>) call(query, method, arguments));
              default -> call(query, method, arguments);
            });
  }

  private static Future<?> run(Object query, Method method, Object @Nullable [] arguments) {
    try {
      return (Future<?>) call(query, method, arguments);
    } catch (Throwable e) {
      return Future.failedFuture(e);
    }
  }

  /** The same to the letter, PostgreSQL's own interfaces too, but for what the handler does. */
  @SuppressWarnings("unchecked")
  private static <T> T proxy(T target, InvocationHandler handler) {
    Set<Class<?>> interfaces = new LinkedHashSet<>();
    for (Class<?> type = target.getClass(); type != null; type = type.getSuperclass()) {
      Arrays.stream(type.getInterfaces())
          .filter(each -> Modifier.isPublic(each.getModifiers()))
          .forEach(interfaces::add);
    }
    return (T)
        Proxy.newProxyInstance(
            LentPool.class.getClassLoader(), interfaces.toArray(Class[]::new), handler);
  }

  private static Object call(Object target, Method method, Object @Nullable [] arguments)
      throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
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

  /** One connection that is out. */
  private final class Lease {

    private final SqlConnection connection;
    private final SqlConnection lent;
    private final AtomicBoolean over = new AtomicBoolean();
    private final long timer;

    Lease(SqlConnection connection) {
      this.connection = connection;
      this.lent =
          proxy(
              connection,
              (self, method, arguments) ->
                  method.getName().equals("close") && arguments == null
                      ? end(Future::succeededFuture)
                      : guarded(connection, self, method, arguments));
      this.timer = vertx.setTimer(TimeUnit.SECONDS.toMillis(leaseSeconds), id -> late());
    }

    /**
     * What has been given or taken back may be somebody else's by now, and with it whatever came
     * from it: statements, queries, cursors, streams, transactions.
     */
    private @Nullable Object guarded(
        Object target, Object self, Method method, Object @Nullable [] arguments) throws Throwable {
      if (over.get() && method.getDeclaringClass() != Object.class) {
        var gone =
            new IllegalStateException(
                "plugin " + plugin + " has this connection no longer: take another from the pool");
        if (Future.class.isAssignableFrom(method.getReturnType())) {
          return Future.failedFuture(gone);
        }
        throw gone;
      }
      Object result = call(target, method, arguments);
      if (result == target) {
        return self;
      }
      return result instanceof Future<?> future ? future.map(this::guard) : guard(result);
    }

    private @Nullable Object guard(@Nullable Object result) {
      return result instanceof Query
              || result instanceof PreparedStatement
              || result instanceof Cursor
              || result instanceof RowStream
              || result instanceof Transaction
          ? proxy(result, (self, method, arguments) -> guarded(result, self, method, arguments))
          : result;
    }

    private void late() {
      LOGGER
          .atWarn()
          .addKeyValue("plugin", plugin)
          .addKeyValue("seconds", leaseSeconds)
          .log("a plugin has kept a connection of the database too long: it is taken back");
      takeBack();
    }

    /** A transaction that was begun in SQL is one that the client knows nothing of. */
    private Future<Void> takeBack() {
      return end(() -> connection.query("ROLLBACK").execute());
    }

    private Future<Void> end(Supplier<Future<?>> first) {
      if (!over.compareAndSet(false, true)) {
        return Future.succeededFuture();
      }
      vertx.cancelTimer(timer);
      leases.remove(this);
      return first.get().transform(any -> connection.close()).onComplete(any -> share.leave());
    }
  }
}
