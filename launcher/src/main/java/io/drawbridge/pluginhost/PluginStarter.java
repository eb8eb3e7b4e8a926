package io.drawbridge.pluginhost;

import io.drawbridge.config.ContainmentConfig;
import io.drawbridge.config.PluginsConfig;
import io.drawbridge.pluginhost.contract.PluginDescriptor;
import io.drawbridge.pluginhost.contract.PluginException;
import io.drawbridge.pluginhost.routing.EventLoops.Loops;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Makes a generation of a plugin that has been read: its classes, its database, its instances. */
final class PluginStarter {

  private static final int BURST_SECONDS = 2;

  private final Map<String, PublishBudget> budgets = new ConcurrentHashMap<>();
  private final Map<String, PoolShare> shares = new ConcurrentHashMap<>();
  private final Vertx vertx;
  private final PluginsConfig config;
  private final HostServices services;
  private final LoopWatch watch;

  PluginStarter(Vertx vertx, PluginsConfig config, HostServices services, LoopWatch watch) {
    this.vertx = vertx;
    this.config = config;
    this.services = services;
    this.watch = watch;
  }

  /** Succeeds when every instance is open. */
  Future<Generation> start(ReadPlugin plugin, int number) {
    if (!plugin.descriptor().needs().contains(PluginDescriptor.DATABASE)) {
      return start(plugin, number, null);
    }
    return services.database().get().compose(pool -> start(plugin, number, pool));
  }

  private Future<Generation> start(ReadPlugin plugin, int number, @Nullable Pool pool) {
    return vertx
        .executeBlocking(() -> load(plugin, number), false)
        .compose(
            loaded -> {
              var generation =
                  new Generation(
                      vertx, watch, plugin.descriptor(), number, loaded.loader(), config.workers());
              return generation
                  .start(
                      () -> instance(plugin, number, pool, loaded), loops(), config.startSeconds())
                  .map(generation);
            });
  }

  /** One that no other version uses: what starts, or blocks, delays nobody there. */
  private Loops loops() {
    Predicate<Thread> any = services.pluginLoop();
    return new Loops(
        List.of(
            any.and(thread -> watch.crowd(thread) == 0),
            any.and(thread -> watch.crowd(thread) <= watch.leastCrowd()),
            any));
  }

  private PluginInstance instance(
      ReadPlugin plugin, int number, @Nullable Pool pool, Loaded loaded) {
    String version = String.valueOf(loaded.loader().getName());
    return new PluginInstance(
        loaded.constructor(),
        TimeUnit.MICROSECONDS.toNanos(config.containment().sliceMicros()),
        context ->
            new InstanceContext(
                plugin.descriptor(),
                plugin.settings(),
                pool == null ? null : lend(plugin.id(), pool),
                budget(plugin.id()),
                () -> watch.refused(version),
                watch.watch(version, plugin.id(), number, context),
                context));
  }

  /** The same for every version of a plugin: a swap fills no bucket. */
  private PublishBudget budget(String id) {
    int perSecond = config.containment().publishesPerSecond();
    return budgets.computeIfAbsent(
        id, absent -> new PublishBudget(absent, perSecond, BURST_SECONDS * perSecond));
  }

  private LentPool lend(String id, Pool pool) {
    ContainmentConfig bounds = config.containment();
    PoolShare share =
        shares.computeIfAbsent(
            id,
            absent ->
                new PoolShare(
                    absent, bounds.connections(), config.queue(), bounds.connectionWaitMillis()));
    return new LentPool(id, vertx, pool, share, bounds.leaseSeconds());
  }

  private record Loaded(PluginClassLoader loader, Constructor<? extends Deployable> constructor) {}

  private static Loaded load(ReadPlugin plugin, int number) throws IOException {
    PluginDescriptor descriptor = plugin.descriptor();
    String name = descriptor.id() + "@" + descriptor.version() + "#" + number;
    PluginClassLoader loader = PluginClassLoader.open(name, plugin.archive().jars());
    try {
      Constructor<? extends Deployable> constructor = constructor(loader, plugin);
      loader.linkBeside(descriptor.verticle());
      return new Loaded(loader, constructor);
    } catch (PluginException e) {
      loader.close();
      throw e;
    }
  }

  private static Constructor<? extends Deployable> constructor(
      ClassLoader loader, ReadPlugin plugin) {
    String name = plugin.descriptor().verticle();
    try {
      Class<?> type = Class.forName(name, false, loader);
      if (!Deployable.class.isAssignableFrom(type) || Modifier.isAbstract(type.getModifiers())) {
        throw unusable(
            plugin, "is no HandlerVerticle and no other verticle", "Let it extend one", null);
      }
      return type.asSubclass(Deployable.class).getConstructor();
    } catch (ClassNotFoundException e) {
      throw unusable(plugin, "is not in the jar", "Correct the name, or build the jar anew", null);
    } catch (NoSuchMethodException e) {
      throw unusable(plugin, "has no public constructor without parameters", "Add one", null);
    } catch (UnsupportedClassVersionError e) {
      String java = "was compiled for a later Java than " + Runtime.version().feature();
      throw unusable(plugin, java, "Compile it with --release 17", e);
    } catch (LinkageError e) {
      throw unusable(plugin, "can't be linked: " + e, "Put what it needs in the jar", e);
    }
  }

  private static PluginException unusable(
      ReadPlugin plugin, String problem, String remedy, @Nullable Throwable cause) {
    return new PluginException(
        plugin.archive().source() + "!" + PluginDescriptor.ENTRY,
        "/verticle",
        plugin.descriptor().verticle() + " " + problem,
        remedy,
        cause);
  }
}
