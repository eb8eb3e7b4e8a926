package io.drawbridge.pluginhost.routing;

import io.drawbridge.pluginhost.routing.EventLoops.Loops;
import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Owns the one consumer on the event bus of every address that a plugin serves. Plugins never own
 * one: what is queued in a consumer is lost when it unregisters. A consumer outlives the
 * generations behind it; which of them is called, the plugin's {@link PluginRoute} says.
 */
public final class AddressRouter {

  private static final long SWEEP_MILLIS = 500;
  private static final long IDLE_MILLIS = 10;

  private record Consumed(PluginRoute route, ServedAddress served, String deployment) {}

  private final Vertx vertx;
  private final EventLoops loops;
  private final Predicate<Thread> socketLoop;
  private final Map<String, Consumed> consumed = new ConcurrentHashMap<>();
  private long sweeper = -1;

  /**
   * A router that consumes nothing yet.
   *
   * @param socketLoop the event loops that consumers go to
   */
  public AddressRouter(Vertx vertx, Predicate<Thread> socketLoop) {
    this.vertx = vertx;
    this.loops = new EventLoops(vertx);
    this.socketLoop = socketLoop;
  }

  /** Begins to watch the time of calls. */
  public void open() {
    sweeper = vertx.setPeriodic(SWEEP_MILLIS, id -> sweep());
  }

  /**
   * Consumes the addresses of a generation that nobody consumes yet; succeeds when the bus knows
   * them. Nothing reaches the generation before {@link #point}.
   */
  public Future<Void> consume(PluginRoute route, Target target) {
    var registered = new ArrayList<Future<?>>();
    for (String address : target.addresses()) {
      if (!consumed.containsKey(address)) {
        var served = new ServedAddress(address, route);
        registered.add(
            loops
                .deploy(
                    new Consumer(served), new DeploymentOptions(), new Loops(List.of(socketLoop)))
                .onSuccess(id -> consumed.put(address, new Consumed(route, served, id))));
      }
    }
    return Future.join(registered).mapEmpty();
  }

  /** Points a plugin's addresses at other generations: one write, and all of them follow. */
  public void point(PluginRoute route, Split split) {
    route.point(split);
    of(route).forEach(served -> served.queue().follow());
  }

  /** Refuses all that waits or is under way at a plugin's addresses. */
  public void refuse(PluginRoute route) {
    of(route).forEach(served -> served.queue().clear(served::draining));
  }

  /**
   * Waits until a generation that is no longer pointed at has answered what it took, for so long at
   * most; the rest is refused.
   *
   * @return how many calls had to be refused
   */
  public Future<Integer> drain(PluginRoute route, Target target, long millis) {
    List<ServedAddress> served = of(route);
    return until(millis, () -> served.stream().allMatch(each -> each.queue().idle(target)))
        .map(
            any ->
                served.stream()
                    .mapToInt(each -> each.queue().abandon(target, each::draining))
                    .sum())
        .onSuccess(route::refused);
  }

  /** Stops consuming those addresses of a plugin that no generation in service has. */
  public Future<Void> release(PluginRoute route) {
    Split split = route.split();
    var released = new ArrayList<Future<?>>();
    for (Consumed each : List.copyOf(consumed.values())) {
      String address = each.served.address();
      if (each.route == route
          && !serves(split.stable(), address)
          && !serves(split.canary(), address)) {
        consumed.remove(address, each);
        released.add(vertx.undeploy(each.deployment));
      }
    }
    return Future.join(released).mapEmpty();
  }

  private static boolean serves(@Nullable Target target, String address) {
    return target != null && target.address(address) != null;
  }

  private List<ServedAddress> of(PluginRoute route) {
    return consumed.values().stream()
        .filter(each -> each.route == route)
        .map(Consumed::served)
        .toList();
  }

  /** Succeeds when no call waits or is under way anywhere, or when the time is over. */
  public Future<Void> idle(long millis) {
    return until(
        millis, () -> consumed.values().stream().allMatch(each -> each.served.queue().idle()));
  }

  private Future<Void> until(long millis, Quiet quiet) {
    if (millis <= 0 || quiet.holds()) {
      return Future.succeededFuture();
    }
    return vertx.timer(IDLE_MILLIS).compose(any -> until(millis - IDLE_MILLIS, quiet));
  }

  private interface Quiet {
    boolean holds();
  }

  private void sweep() {
    long now = System.nanoTime();
    consumed.values().forEach(each -> each.served.sweep(now));
  }

  /** Watches no longer. */
  public void close() {
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
