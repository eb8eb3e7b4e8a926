package io.drawbridge.pluginhost;

import io.drawbridge.config.PluginsConfig;
import io.drawbridge.pluginhost.PluginDescriptor.Address;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Owns the one consumer on the event bus of every address that a plugin serves. Plugins never own
 * one: what is queued in a consumer is lost when it unregisters.
 */
final class AddressRouter {

  private static final long SWEEP_MILLIS = 500;

  private record Route(ServedAddress served, MessageConsumer<Object> consumer) {}

  private final Vertx vertx;
  private final PluginsConfig config;
  private final Map<String, Route> routes = new ConcurrentHashMap<>();
  private long sweeper = -1;

  AddressRouter(Vertx vertx, PluginsConfig config) {
    this.vertx = vertx;
    this.config = config;
  }

  void open() {
    sweeper = vertx.setPeriodic(SWEEP_MILLIS, id -> sweep());
  }

  /** Serves the addresses of a generation that has started; succeeds when the bus knows them. */
  Future<Void> serve(Generation generation) {
    var registered = new ArrayList<Future<?>>();
    for (Address address : generation.descriptor().served()) {
      List<Lane> lanes = generation.lanes(address.address());
      var served = new ServedAddress(generation.descriptor().id(), address, lanes, config);
      MessageConsumer<Object> consumer =
          vertx.eventBus().consumer(address.address(), served::receive);
      routes.put(address.address(), new Route(served, consumer));
      registered.add(consumer.completion());
    }
    return Future.join(registered).mapEmpty();
  }

  /** Takes addresses off the bus; succeeds when their handlers have answered what they began. */
  Future<Void> withdraw(Generation generation) {
    var drained = new ArrayList<Future<?>>();
    for (Address address : generation.descriptor().served()) {
      Route route = routes.remove(address.address());
      if (route != null) {
        drained.add(route.consumer.unregister().transform(any -> route.served.close()));
      }
    }
    return Future.join(drained).mapEmpty();
  }

  private void sweep() {
    long now = System.nanoTime();
    routes.values().forEach(route -> route.served.sweep(now));
  }

  void close() {
    vertx.cancelTimer(sweeper);
  }
}
