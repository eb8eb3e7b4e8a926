package io.drawbridge.pluginhost;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One running version of a plugin: its class loader and its instances. */
final class Generation {

  private static final Logger LOGGER = LoggerFactory.getLogger(Generation.class);

  private static final int LOOP_TRIES = 4 * VertxOptions.DEFAULT_EVENT_LOOP_POOL_SIZE;

  /** Makes an instance that is yet to be deployed. */
  @FunctionalInterface
  interface Instances {
    /** The choosy one keeps off the event loops of sockets. */
    PluginInstance create(boolean choosy);
  }

  private final Vertx vertx;
  private final PluginDescriptor descriptor;
  private final PluginClassLoader loader;
  private final DeploymentOptions options;
  private final List<PluginInstance> instances = new ArrayList<>();
  private final List<String> deployments = new ArrayList<>();

  Generation(
      Vertx vertx, PluginDescriptor descriptor, int number, PluginClassLoader loader, int workers) {
    this.vertx = vertx;
    this.descriptor = descriptor;
    this.loader = loader;
    this.options =
        new DeploymentOptions()
            .setThreadingModel(descriptor.threading())
            .setClassLoader(loader)
            .setWorkerPoolName("plugin-" + descriptor.id() + "-" + number)
            .setWorkerPoolSize(workers);
  }

  PluginDescriptor descriptor() {
    return descriptor;
  }

  /** Starts every instance, one after the other; undoes what has started if one does not. */
  Future<Void> start(Instances factory, int seconds) {
    Future<Void> started = Future.succeededFuture();
    for (int i = 0; i < descriptor.instances(); i++) {
      started = started.compose(any -> startOne(factory, seconds, LOOP_TRIES));
    }
    return started.recover(failure -> stop(seconds).transform(any -> Future.failedFuture(failure)));
  }

  /**
   * Vert.x hands out event loops in turn and lets nobody choose: an instance that lands on a loop
   * of sockets is deployed again, and gets the next one. After so many tries any loop will do.
   */
  private Future<Void> startOne(Instances factory, int seconds, int tries) {
    boolean choosy = tries > 0 && descriptor.threading() == ThreadingModel.EVENT_LOOP;
    PluginInstance instance = factory.create(choosy);
    return vertx
        .deployVerticle(instance, options)
        .timeout(seconds, TimeUnit.SECONDS)
        .<Void>map(id -> keep(instance, id))
        .recover(
            failure -> {
              if (failure instanceof PluginInstance.LoopTakenException) {
                return startOne(factory, seconds, tries - 1);
              }
              return Future.failedFuture(
                  failure instanceof TimeoutException ? late(instance, seconds) : failure);
            });
  }

  private @Nullable Void keep(PluginInstance instance, String id) {
    instances.add(instance);
    deployments.add(id);
    return null;
  }

  private static PluginException late(PluginInstance instance, int seconds) {
    var late =
        new PluginException(
            "it did not start within "
                + seconds
                + " s: look at what the future of open waits for, or raise plugins.startSeconds");
    instance.abandon(late);
    return late;
  }

  /** Where calls of an address go: one lane for each instance. */
  List<Lane> lanes(String address) {
    return instances.stream().map(instance -> instance.lane(address)).toList();
  }

  /** Closes every instance and the class loader; always succeeds, within the time. */
  Future<Void> stop(int seconds) {
    var stopped = new ArrayList<Future<?>>();
    for (String deployment : deployments) {
      stopped.add(vertx.undeploy(deployment).onFailure(this::complain));
    }
    return Future.join(stopped)
        .timeout(seconds, TimeUnit.SECONDS)
        .onFailure(this::complain)
        .transform(any -> closeLoader());
  }

  private Future<Void> closeLoader() {
    try {
      loader.close();
    } catch (IOException e) {
      complain(e);
    }
    return Future.succeededFuture();
  }

  private void complain(Throwable failure) {
    LOGGER
        .atWarn()
        .addKeyValue("plugin", descriptor.id())
        .setCause(failure)
        .log("a plugin did not stop cleanly");
  }
}
