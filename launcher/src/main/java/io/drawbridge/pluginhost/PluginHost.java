package io.drawbridge.pluginhost;

import io.drawbridge.config.PluginsConfig;
import io.drawbridge.pluginhost.contract.PluginException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URLConnection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs every plugin of the plugins folder. One that does not start is listed with the reason and
 * costs the others nothing.
 */
public final class PluginHost {

  private static final Logger LOGGER = LoggerFactory.getLogger(PluginHost.class);

  private static final long LEAST_MILLIS = 50;

  private final Vertx vertx;
  private final PluginsConfig config;
  private final PluginReader reader;
  private final PluginStarter starter;
  private final AddressRouter router;
  private final HostServices services;
  private final Map<String, PluginStatus> statuses =
      Collections.synchronizedMap(new LinkedHashMap<>());
  private final List<Generation> running = Collections.synchronizedList(new ArrayList<>());

  /**
   * A host that has yet to be started.
   *
   * @param dataDirectory where private copies of plugins go, under {@code plugins/}
   */
  public PluginHost(Vertx vertx, PluginsConfig config, Path dataDirectory, HostServices services) {
    this.vertx = vertx;
    this.config = config;
    this.services = services;
    this.reader = new PluginReader(config, dataDirectory.resolve("plugins"), services.settings());
    this.starter = new PluginStarter(vertx, config, services);
    this.router = new AddressRouter(vertx, config, services.socketLoop());
    // A cached jar connection keeps the plugin's jar open, and its classes alive, for good.
    URLConnection.setDefaultUseCaches("jar", false);
  }

  /** Starts all plugins side by side; succeeds when each runs or has failed. */
  public Future<Void> start() {
    router.open();
    return vertx
        .executeBlocking(() -> reader.read(this::failed), false)
        .compose(
            readable -> {
              var started = new ArrayList<Future<?>>();
              readable.forEach(plugin -> started.add(start(plugin)));
              return Future.join(started).mapEmpty();
            });
  }

  private Future<Void> start(ReadPlugin plugin) {
    statuses.put(plugin.id(), plugin.status(PluginState.STARTING, 0, null));
    return starter
        .start(plugin)
        .compose(generation -> serve(plugin, generation))
        .recover(
            failure -> {
              failed(
                  plugin.status(PluginState.FAILED, 0, PluginException.lineOf(failure)), failure);
              return Future.succeededFuture();
            });
  }

  private Future<Void> serve(ReadPlugin plugin, Generation generation) {
    return router
        .serve(generation)
        .recover(failure -> undo(generation, failure))
        .onSuccess(
            any -> {
              services.permissions().offer(plugin.id(), plugin.authorityByAddress());
              running.add(generation);
              statuses.put(plugin.id(), plugin.status(PluginState.RUNNING, 1, null));
              LOGGER
                  .atInfo()
                  .addKeyValue("plugin", plugin.id())
                  .addKeyValue("version", plugin.descriptor().version())
                  .addKeyValue("sha256", plugin.archive().sha256())
                  .log("plugin deployed");
            });
  }

  private Future<Void> undo(Generation generation, Throwable failure) {
    return router
        .withdraw(generation)
        .transform(any -> generation.stop(TimeUnit.SECONDS.toMillis(config.stopSeconds())))
        .transform(any -> Future.failedFuture(failure));
  }

  private void failed(PluginStatus status, Throwable cause) {
    statuses.put(status.id(), status);
    var line = LOGGER.atError().addKeyValue("plugin", status.id());
    if (!PluginException.explains(cause)) {
      line = line.setCause(cause);
    }
    line.addKeyValue("error", status.error()).log("plugin failed");
  }

  /** What became of each plugin, by id. */
  public List<PluginStatus> plugins() {
    synchronized (statuses) {
      return statuses.values().stream().sorted(Comparator.comparing(PluginStatus::id)).toList();
    }
  }

  /**
   * Stops all plugins, the last one first, after their calls had half the time to end; always
   * succeeds, within {@code plugins.stopSeconds}.
   */
  public Future<Void> stop() {
    List<Generation> reversed;
    synchronized (running) {
      reversed = new ArrayList<>(running);
      running.clear();
    }
    Collections.reverse(reversed);
    long millis = TimeUnit.SECONDS.toMillis(config.stopSeconds());
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    Future<Void> stopped = reversed.isEmpty() ? Future.succeededFuture() : router.idle(millis / 2);
    for (Generation generation : reversed) {
      stopped = stopped.transform(any -> stop(generation, deadline));
    }
    return stopped.onComplete(any -> router.close());
  }

  private Future<Void> stop(Generation generation, long deadline) {
    String id = generation.descriptor().id();
    long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
    services.permissions().withdraw(id);
    return router
        .withdraw(generation)
        .transform(any -> generation.stop(Math.max(LEAST_MILLIS, left)))
        .onComplete(
            any -> statuses.computeIfPresent(id, (key, status) -> status.in(PluginState.STOPPED)));
  }
}
