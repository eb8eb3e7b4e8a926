package io.drawbridge.launcher;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the server: its parts, in the order of {@link #run}. Every part that needs stopping leaves
 * its counterpart with {@link Shutdown}.
 */
final class Startup {

  private static final Logger LOGGER = LoggerFactory.getLogger(Startup.class);

  private final ServeCommand options;
  private final Shutdown shutdown;

  Startup(ServeCommand options, Shutdown shutdown) {
    this.options = options;
    this.shutdown = shutdown;
  }

  /** Blocks until the server serves, and returns where. */
  String run() {
    long begun = System.nanoTime();
    DataFolder data = step("data folder", () -> DataFolder.open(options.data));
    shutdown.add("data folder", () -> done(data::close));

    step("logs", () -> done(() -> openLogs(data.path().resolve("logs"))));

    Vertx vertx = step("event loops", Vertx::vertx);
    shutdown.add("event loops", vertx::close);

    HttpServer http = step("http", () -> listen(vertx));
    shutdown.add("http", http::close);

    String url = "http://127.0.0.1:" + http.actualPort();
    step("announcement", () -> done(() -> data.announce(url)));
    shutdown.add("announcement", () -> done(data::withdraw));
    LOGGER
        .atInfo()
        .addKeyValue("url", url)
        .addKeyValue("ms", millisSince(begun))
        .addKeyValue("version", Version.current())
        .addKeyValue("java", Runtime.version())
        .log("ready");
    return url;
  }

  private void openLogs(Path directory) {
    if (options.log == ServeCommand.LogTarget.STDERR) {
      Logs.toStderrAsJson();
    } else {
      Logs.toFiles(directory);
    }
  }

  private HttpServer listen(Vertx vertx) {
    Router router = Router.router(vertx);
    router
        .get("/health/live")
        .handler(request -> request.json(new io.vertx.core.json.JsonObject()));
    int port = options.port == null ? 8080 : options.port;
    return vertx.createHttpServer().requestHandler(router).listen(port, "127.0.0.1").await();
  }

  private static long millisSince(long nanos) {
    return (System.nanoTime() - nanos) / 1_000_000;
  }

  private static <T> T step(String name, Callable<T> action) {
    long begun = System.nanoTime();
    try {
      T result = action.call();
      LOGGER
          .atDebug()
          .addKeyValue("step", name)
          .addKeyValue("ms", millisSince(begun))
          .log("started");
      return result;
    } catch (StartupException e) {
      throw e;
    } catch (Exception e) {
      throw StartupException.failed(name + " did not start: " + e.getMessage(), e);
    }
  }

  private static Future<Void> done(Closing action) throws Exception {
    action.close();
    return Future.succeededFuture();
  }

  /** Something short that may fail. */
  @FunctionalInterface
  private interface Closing {
    void close() throws Exception;
  }
}
