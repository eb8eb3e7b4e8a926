package io.drawbridge.pluginhost;

import io.drawbridge.config.PluginsConfig;
import io.drawbridge.plugin.HandlerVerticle;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import org.jspecify.annotations.Nullable;

/** Makes a generation of a plugin that has been read: its classes, its database, its instances. */
final class PluginStarter {

  private final Vertx vertx;
  private final PluginsConfig config;
  private final HostServices services;

  PluginStarter(Vertx vertx, PluginsConfig config, HostServices services) {
    this.vertx = vertx;
    this.config = config;
    this.services = services;
  }

  /** Succeeds when every instance is open. */
  Future<Generation> start(ReadPlugin plugin) {
    if (!plugin.descriptor().needs().contains(PluginDescriptor.DATABASE)) {
      return start(plugin, null);
    }
    return services.database().get().compose(pool -> start(plugin, pool));
  }

  private Future<Generation> start(ReadPlugin plugin, @Nullable Pool pool) {
    PluginDescriptor descriptor = plugin.descriptor();
    return vertx
        .executeBlocking(() -> load(plugin), false)
        .compose(
            loaded -> {
              var generation =
                  new Generation(vertx, descriptor, 1, loaded.loader(), config.workers());
              return generation
                  .start(choosy -> instance(plugin, pool, loaded, choosy), config.startSeconds())
                  .map(generation);
            });
  }

  private PluginInstance instance(
      ReadPlugin plugin, @Nullable Pool pool, Loaded loaded, boolean choosy) {
    return new PluginInstance(
        loaded.constructor(),
        context -> new InstanceContext(plugin.descriptor(), plugin.settings(), pool, context),
        choosy ? services.socketLoop() : thread -> false);
  }

  private record Loaded(
      PluginClassLoader loader, Constructor<? extends HandlerVerticle> constructor) {}

  private static Loaded load(ReadPlugin plugin) throws IOException {
    PluginDescriptor descriptor = plugin.descriptor();
    String name = descriptor.id() + "@" + descriptor.version();
    PluginClassLoader loader = PluginClassLoader.open(name, plugin.archive().jars());
    try {
      return new Loaded(loader, constructor(loader, descriptor.verticle()));
    } catch (PluginException e) {
      loader.close();
      throw new PluginException(
          plugin.archive().source() + "!" + PluginDescriptor.ENTRY + " /verticle " + e.getMessage(),
          e);
    }
  }

  private static Constructor<? extends HandlerVerticle> constructor(
      ClassLoader loader, String name) {
    try {
      Class<?> type = Class.forName(name, false, loader);
      if (!HandlerVerticle.class.isAssignableFrom(type)
          || Modifier.isAbstract(type.getModifiers())) {
        throw new PluginException(name + " is no HandlerVerticle: let it extend that class");
      }
      return type.asSubclass(HandlerVerticle.class).getConstructor();
    } catch (ClassNotFoundException e) {
      throw new PluginException(name + " is not in the jar: correct the name, or build anew", e);
    } catch (NoSuchMethodException e) {
      throw new PluginException(name + " has no public constructor without parameters: add one", e);
    } catch (UnsupportedClassVersionError e) {
      throw new PluginException(
          name
              + " was compiled for a later Java than "
              + Runtime.version().feature()
              + ": compile with --release 17",
          e);
    } catch (LinkageError e) {
      throw new PluginException(
          name + " can't be linked (" + e + "): put what it needs in the jar", e);
    }
  }
}
