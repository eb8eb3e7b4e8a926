package io.drawbridge.launcher;

import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;

/**
 * How many event loops there are and what for: one for each core carries sockets, one the hub, and
 * as many as there are cores (two at least, so that a version starts beside another) carry plugins:
 * none holds the others up.
 */
final class EventLoops {

  /** Loops that carry sockets. */
  static final int OF_SOCKETS = Runtime.getRuntime().availableProcessors();

  private EventLoops() {}

  static Vertx open() {
    // The JDK resolves names: the few that there are, at the start, need no resolver of our own.
    System.setProperty("vertx.disableDnsResolver", "true");
    return Vertx.vertx(
        new VertxOptions()
            .setEventLoopPoolSize(OF_SOCKETS + 1 + Math.max(2, OF_SOCKETS))
            .setPreferNativeTransport(true)
            .setFileSystemOptions(
                new FileSystemOptions()
                    .setClassPathResolvingEnabled(false)
                    .setFileCachingEnabled(false)));
  }

  /** The context of the next loop, in the order in which Vert.x hands them out. */
  static Future<Context> next(Vertx vertx) {
    Promise<Context> context = Promise.promise();
    Deployable taker =
        own -> {
          context.complete(own);
          return Future.succeededFuture();
        };
    return vertx.deployVerticle(taker).compose(deployed -> context.future());
  }
}
