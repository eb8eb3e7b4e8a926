package io.drawbridge.pluginhost;

import io.drawbridge.config.PluginsConfig;
import io.drawbridge.pluginhost.contract.PluginDescriptor.Address;
import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Owns the one consumer on the event bus of every address that a plugin serves. Plugins never own
 * one: what is queued in a consumer is lost when it unregisters.
 */
final class AddressRouter {

  private static final long SWEEP_MILLIS = 500;
  private static final long IDLE_MILLIS = 20;

  private record Route(ServedAddress served, String deployment) {}

  private final Vertx vertx;
  private final EventLoops loops;
  private final PluginsConfig config;
  private final Predicate<Thread> socketLoop;
  private final Map<String, Route> routes = new ConcurrentHashMap<>();
  private long sweeper = -1;

  AddressRouter(Vertx vertx, PluginsConfig config, Predicate<Thread> socketLoop) {
    this.vertx = vertx;
    this.loops = new EventLoops(vertx);
    this.config = config;
    this.socketLoop = socketLoop;
  }

  void open() {
    sweeper = vertx.setPeriodic(SWEEP_MILLIS, id -> sweep());
  }

  /** Serves the addresses of a generation that has started; succeeds when the bus knows them. */
  Future<Void> serve(Generation generation) {
    var registered = new ArrayList<Future<?>>();
    for (Address address : generation.descriptor().served()) {
      var served =
          new ServedAddress(
              generation.descriptor().id(), address, generation.lanes(address.address()), config);
      registered.add(
          loops
              .deploy(new Consumer(served), new DeploymentOptions(), socketLoop)
              .onSuccess(id -> routes.put(served.address(), new Route(served, id))));
    }
    return Future.join(registered).mapEmpty();
  }

  /** Takes addresses off the bus, and refuses what has not been answered there. */
  Future<Void> withdraw(Generation generation) {
    var withdrawn = new ArrayList<Future<?>>();
    for (Address address : generation.descriptor().served()) {
      Route route = routes.remove(address.address());
      if (route != null) {
        withdrawn.add(vertx.undeploy(route.deployment).onComplete(any -> route.served.close()));
      }
    }
    return Future.join(withdrawn).mapEmpty();
  }

  /** Succeeds when no call waits or is under way anywhere, or when the time is over. */
  Future<Void> idle(long millis) {
    if (millis <= 0 || routes.values().stream().allMatch(route -> route.served.idle())) {
      return Future.succeededFuture();
    }
    return vertx.timer(IDLE_MILLIS).compose(any -> idle(millis - IDLE_MILLIS));
  }

  private void sweep() {
    long now = System.nanoTime();
    routes.values().forEach(route -> route.served.sweep(now));
  }

  void close() {
    vertx.cancelTimer(sweeper);
  }

  /** The consumer of one address, on an event loop of the host's own. */
  private record Consumer(ServedAddress served) implements Deployable {

    @Override
    public Future<?> deploy(Context context) {
      MessageConsumer<Object> consumer =
          context.owner().eventBus().consumer(served.address(), served::receive);
      return consumer.completion();
    }

    /** Vert.x unregisters the consumers of a context that ends. */
    @Override
    public Future<?> undeploy(Context context) {
      return Future.succeededFuture();
    }
  }
}
