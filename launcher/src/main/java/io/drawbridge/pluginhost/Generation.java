package io.drawbridge.pluginhost;

import io.drawbridge.pluginhost.contract.PluginDescriptor;
import io.drawbridge.pluginhost.contract.PluginException;
import io.drawbridge.pluginhost.routing.CallLimits;
import io.drawbridge.pluginhost.routing.EventLoops;
import io.drawbridge.pluginhost.routing.EventLoops.Loops;
import io.drawbridge.pluginhost.routing.Lane;
import io.drawbridge.pluginhost.routing.Target;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One running version of a plugin: its class loader and its instances. */
final class Generation {

  private static final Logger LOGGER = LoggerFactory.getLogger(Generation.class);

  private final Vertx vertx;
  private final LoopWatch watch;
  private final EventLoops loops;
  private final PluginDescriptor descriptor;
  private final int number;
  private final PluginClassLoader loader;
  private final ContextClassLoader contextLoader;
  private final DeploymentOptions options;
  private final List<PluginInstance> made = new ArrayList<>();
  private final List<PluginInstance> instances = new ArrayList<>();
  private final List<String> deployments = new ArrayList<>();

  Generation(
      Vertx vertx,
      LoopWatch watch,
      PluginDescriptor descriptor,
      int number,
      PluginClassLoader loader,
      int workers) {
    this.vertx = vertx;
    this.watch = watch;
    this.loops = new EventLoops(vertx);
    this.descriptor = descriptor;
    this.number = number;
    this.loader = loader;
    this.contextLoader = new ContextClassLoader(loader);
    this.options =
        new DeploymentOptions()
            .setThreadingModel(descriptor.threading())
            .setClassLoader(contextLoader)
            .setWorkerPoolName("plugin-" + descriptor.id() + "-" + number)
            .setWorkerPoolSize(workers);
  }

  PluginDescriptor descriptor() {
    return descriptor;
  }

  /** Its classes, to be watched when it has ended; not to be kept. */
  ClassLoader loader() {
    return loader;
  }

  /** Which version since the server started, from 1. */
  int number() {
    return number;
  }

  /**
   * Starts every instance, one after the other; undoes what has started if one does not.
   *
   * @param wanted the event loops to use, where the plugin runs on event loops
   */
  Future<Void> start(Supplier<PluginInstance> instance, Loops wanted, int seconds) {
    Future<Void> started = Future.succeededFuture();
    for (int i = 0; i < descriptor.instances(); i++) {
      started = started.compose(any -> start(instance.get(), wanted, seconds));
    }
    long millis = TimeUnit.SECONDS.toMillis(seconds);
    return started.recover(failure -> stop(millis).transform(any -> Future.failedFuture(failure)));
  }

  private Future<Void> start(PluginInstance instance, Loops wanted, int seconds) {
    made.add(instance);
    return deploy(instance, wanted)
        .timeout(seconds, TimeUnit.SECONDS)
        .<Void>map(
            id -> {
              instances.add(instance);
              deployments.add(id);
              return null;
            })
        .recover(
            failure ->
                Future.failedFuture(
                    failure instanceof TimeoutException ? late(instance, seconds) : failure));
  }

  private Future<String> deploy(PluginInstance instance, Loops wanted) {
    boolean onLoop = descriptor.threading() == ThreadingModel.EVENT_LOOP;
    return loops.deploy(instance, options, onLoop ? wanted : Loops.ANY);
  }

  private PluginException late(PluginInstance instance, int seconds) {
    var late =
        new PluginException(
            descriptor.verticle(),
            "",
            "open did not end within " + seconds + " s",
            "Look at what its future waits for, or raise plugins.startSeconds");
    instance.abandon(late);
    return late;
  }

  /** The generation as calls see it; only when it has started. */
  Target target(CallLimits limits) {
    Map<String, List<Lane>> lanes = new HashMap<>();
    for (var address : descriptor.served()) {
      var each = instances.stream().map(instance -> instance.lane(address.address())).toList();
      if (!each.contains(null)) {
        lanes.put(address.address(), each);
      }
    }
    return new Target(number, descriptor, lanes, limits);
  }

  /** Whether the host owns its addresses, so that a swap loses nothing. */
  boolean hot() {
    return instances.stream().noneMatch(PluginInstance::plain);
  }

  /** No more of it begins by itself: what it was called for may still end. */
  void retire() {
    instances.forEach(PluginInstance::retire);
  }

  /** While it is in quarantine nothing of it begins by itself. */
  void pause(boolean on) {
    instances.forEach(instance -> instance.pause(on));
  }

  /** Closes every instance and the class loader; always succeeds, within the time. */
  Future<Void> stop(long millis) {
    var stopped = new ArrayList<Future<?>>();
    for (String deployment : deployments) {
      stopped.add(vertx.undeploy(deployment).onFailure(this::complain));
    }
    return Future.join(stopped)
        .timeout(millis, TimeUnit.MILLISECONDS)
        .onFailure(this::complain)
        .transform(any -> closeLoader());
  }

  private Future<Void> closeLoader() {
    made.forEach(PluginInstance::forget);
    watch.forget(String.valueOf(loader.getName()));
    contextLoader.cut();
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
