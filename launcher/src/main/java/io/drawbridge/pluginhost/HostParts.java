package io.drawbridge.pluginhost;

import io.drawbridge.config.PluginsConfig;
import io.drawbridge.pluginhost.routing.AddressRouter;
import io.drawbridge.pluginhost.routing.CallLimits;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** What the lives of all plugins share. */
record HostParts(
    Vertx vertx,
    PluginsConfig config,
    HostServices services,
    PluginReader reader,
    PluginStarter starter,
    AddressRouter router,
    AddressClaims claims,
    WantedPlugins wanted,
    LoaderProbe probe,
    LoopWatch loops) {

  /** What each address of a plugin may hold. */
  CallLimits limits() {
    return new CallLimits(config.inFlight(), config.queue(), config.requestSeconds());
  }

  long drainMillis() {
    return TimeUnit.SECONDS.toMillis(config.drainSeconds());
  }

  long stopMillis() {
    return TimeUnit.SECONDS.toMillis(config.stopSeconds());
  }

  /** Tells whoever keeps the audit log how a change ended. */
  Future<PluginStatus> logged(Deployment asked, Future<PluginStatus> change) {
    return change.onComplete(outcome -> services.deployments().accept(asked.ended(outcome)));
  }

  /** Does it where the host's own timers run, so that no plugin holds it up. */
  <T> Future<T> onControl(Supplier<Future<T>> work) {
    Promise<T> done = Promise.promise();
    services.control().runOnContext(nothing -> begin(work).onComplete(done));
    return done.future();
  }

  private static <T> Future<T> begin(Supplier<Future<T>> work) {
    try {
      return work.get();
    } catch (RuntimeException e) {
      return Future.failedFuture(e);
    }
  }

  /** Runs what reads or writes files away from the event loops. */
  <T> Future<T> blocking(Callable<T> work) {
    return vertx.executeBlocking(work, false);
  }
}
