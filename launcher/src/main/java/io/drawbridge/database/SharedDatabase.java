package io.drawbridge.database;

import io.drawbridge.config.DatabaseConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.net.NetClientOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The one pool of PostgreSQL connections that plugins share. Nothing is started and nobody connects
 * before the first one asks. Thread-safe.
 */
public final class SharedDatabase {

  private static final String APPLICATION = "drawbridge";
  private static final int SILENT_SECONDS = 45;
  private static final int CLOSE_SECONDS = 8;

  private final Vertx vertx;
  private final DatabaseConfig config;
  private final EmbeddedPostgres embedded;
  private @Nullable WorkerExecutor executor;
  private @Nullable Future<Pool> pool;

  /** The database that the settings name; an embedded one keeps its files in the data folder. */
  public SharedDatabase(Vertx vertx, DatabaseConfig config, Path dataDirectory) {
    this.vertx = vertx;
    this.config = config;
    Path folder = dataDirectory.toAbsolutePath().normalize().resolve("postgres");
    this.embedded =
        new EmbeddedPostgres(
            folder, config.connections(), Duration.ofSeconds(config.startSeconds()));
  }

  /**
   * The pool. The first call starts the embedded database, and so does the next one after a
   * failure. A database that the settings name is connected to only when a connection is used.
   *
   * @return fails with a {@link DatabaseException} that says in one line why there is none
   */
  public synchronized Future<Pool> pool() {
    Future<Pool> asked = pool;
    if (asked == null || asked.failed()) {
      asked = open();
      pool = asked;
    }
    return asked;
  }

  /** Whether anybody has asked for the database: if not, its health is nobody's concern. */
  public synchronized boolean asked() {
    return pool != null;
  }

  /** Succeeds if the database answers now; fails with what is wrong, as one line. */
  public Future<Void> check() {
    Future<Pool> asked;
    synchronized (this) {
      asked = pool;
    }
    if (asked == null) {
      return Future.succeededFuture();
    }
    return asked
        .compose(opened -> opened.query("SELECT 1").execute())
        .timeout(config.waitMillis(), TimeUnit.MILLISECONDS)
        .<Void>mapEmpty()
        .recover(failure -> Future.failedFuture(told(failure)));
  }

  /** One elsewhere is told by its name: the reasons of TLS alone say little. */
  private Throwable told(Throwable failure) {
    String uri = config.uri();
    if (uri == null || failure instanceof DatabaseException) {
      return failure;
    }
    PgConnectOptions options = ConnectionUri.parse(uri);
    return DatabaseException.unreachable(options.getHost() + ":" + options.getPort(), failure);
  }

  /** Closes the pool and stops what was started; within a bound, and the files are consistent. */
  public synchronized Future<Void> close() {
    Future<Pool> asked = pool;
    pool = null;
    if (asked == null) {
      return Future.succeededFuture();
    }
    // One that is still starting is stopped rather than waited for.
    Future<Void> closed =
        asked.isComplete() ? asked.compose(Pool::close).otherwiseEmpty() : Future.succeededFuture();
    return closed
        .compose(done -> config.uri() == null ? stopEmbedded() : Future.succeededFuture())
        .timeout(CLOSE_SECONDS, TimeUnit.SECONDS);
  }

  private Future<Pool> open() {
    String uri = config.uri();
    try {
      return uri == null
          ? startEmbedded().map(this::connect)
          : Future.succeededFuture(connect(ConnectionUri.parse(uri)));
    } catch (DatabaseException e) {
      return Future.failedFuture(e);
    }
  }

  private Future<PgConnectOptions> startEmbedded() {
    return worker().executeBlocking(embedded::start);
  }

  private Future<Void> stopEmbedded() {
    WorkerExecutor worker = worker();
    return worker
        .<Void>executeBlocking(
            () -> {
              embedded.stop();
              return null;
            },
            false)
        .eventually(worker::close);
  }

  /**
   * A thread of its own: starting may take longer than Vert.x likes to see its own ones blocked.
   */
  private synchronized WorkerExecutor worker() {
    WorkerExecutor worker = executor;
    if (worker == null) {
      worker = vertx.createSharedWorkerExecutor("drawbridge-database", 2, 5, TimeUnit.MINUTES);
      executor = worker;
    }
    return worker;
  }

  private Pool connect(PgConnectOptions options) {
    options.getProperties().putIfAbsent("application_name", APPLICATION);
    options.addProperty("statement_timeout", config.statementSeconds() + "s");
    return PgBuilder.pool()
        .with(
            new PoolOptions()
                .setMaxSize(config.connections())
                .setMaxWaitQueueSize(config.waiting())
                .setConnectionTimeout(config.waitMillis())
                .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS))
        .with(
            new NetClientOptions()
                .setConnectTimeout(config.waitMillis())
                // A statement ends before; what is silent for longer has lost its other end.
                .setIdleTimeout(SILENT_SECONDS))
        .connectingTo(options.setCachePreparedStatements(true))
        .using(vertx)
        .build();
  }
}
