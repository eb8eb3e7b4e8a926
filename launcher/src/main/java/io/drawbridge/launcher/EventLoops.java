package io.drawbridge.launcher;

import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;

/**
 * How many event loops there are and what for: one for each core carries sockets, one the hub, on
 * one plugins are changed, and as many as the settings say carry plugins: none holds the others up.
 */
final class EventLoops {

  /** Loops that carry sockets. */
  static final int OF_SOCKETS = Runtime.getRuntime().availableProcessors();

  /** Enough that a few plugins have one each, and their next versions too. */
  private static final int LEAST_OF_PLUGINS = 8;

  /** The server's own loops, each by a context on it. */
  record Own(Context hub, Context control) {
    private static final int COUNT = 2;
  }

  private EventLoops() {}

  /**
   * Opens them.
   *
   * @param ofPlugins how many plugins get; 0 for one for each core, and eight at least
   */
  static Vertx open(int ofPlugins) {
    // The JDK resolves names: the few that there are, at the start, need no resolver of our own.
    System.setProperty("vertx.disableDnsResolver", "true");
    int usual = Math.max(LEAST_OF_PLUGINS, OF_SOCKETS);
    return Vertx.vertx(
        new VertxOptions()
            .setEventLoopPoolSize(OF_SOCKETS + Own.COUNT + (ofPlugins == 0 ? usual : ofPlugins))
            .setPreferNativeTransport(true)
            .setFileSystemOptions(
                new FileSystemOptions()
                    .setClassPathResolvingEnabled(false)
                    .setFileCachingEnabled(false)));
  }

  /** Takes the server's own loops: the next ones, as Vert.x hands them out in turn. */
  static Future<Own> own(Vertx vertx) {
    return next(vertx).compose(hub -> next(vertx).map(control -> new Own(hub, control)));
  }

  private static Future<Context> next(Vertx vertx) {
    Promise<Context> context = Promise.promise();
    Deployable taker =
        own -> {
          context.complete(own);
          return Future.succeededFuture();
        };
    return vertx.deployVerticle(taker).compose(deployed -> context.future());
  }
}
