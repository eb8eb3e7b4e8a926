package io.drawbridge.pluginhost;

import io.drawbridge.plugin.PluginContext;
import io.drawbridge.plugin.RequestHandler;
import io.drawbridge.pluginhost.contract.AddressPattern;
import io.drawbridge.pluginhost.contract.PluginDescriptor;
import io.drawbridge.pluginhost.contract.PluginException;
import io.drawbridge.pluginhost.routing.LoopPulse;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one instance of a plugin is lent. Its handlers are fixed once the instance is open. */
final class InstanceContext implements PluginContext {

  private static final Logger LOGGER = LoggerFactory.getLogger(InstanceContext.class);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final PluginDescriptor descriptor;
  private final JsonObject settings;
  private final @Nullable LentPool pool;
  private final PublishBudget publishes;
  private final Runnable refused;
  private final Vertx vertx;
  private final LoopPulse pulse;
  private final PluginTimers timers;
  private final List<AddressPattern> broadcasts;
  private final Map<String, RequestHandler> handlers = new HashMap<>();
  private boolean open;

  InstanceContext(
      PluginDescriptor descriptor,
      JsonObject settings,
      @Nullable LentPool pool,
      PublishBudget publishes,
      Runnable refused,
      LoopPulse pulse,
      Context context) {
    this.pulse = pulse;
    this.publishes = publishes;
    this.refused = refused;
    this.descriptor = descriptor;
    this.settings = settings.copy();
    this.pool = pool;
    this.vertx = context.owner();
    this.timers = new PluginTimers(descriptor.id(), context, pulse);
    this.broadcasts = descriptor.broadcasts();
  }

  @Override
  public String pluginId() {
    return descriptor.id();
  }

  @Override
  public JsonObject settings() {
    return settings.copy();
  }

  @Override
  public synchronized void handle(String address, RequestHandler handler) {
    Objects.requireNonNull(handler, "handler");
    if (open) {
      throw new IllegalStateException(
          "handle(\"" + address + "\") comes too late: give every handler while open runs");
    }
    if (descriptor.served().stream().noneMatch(served -> served.address().equals(address))) {
      throw new IllegalArgumentException(
          address + " is no address of kind request or event in plugin.json: list it there");
    }
    if (handlers.putIfAbsent(address, handler) != null) {
      throw new IllegalArgumentException(address + " has a handler already: give one only");
    }
  }

  /** Fixes the handlers; fails if an address is left without one. */
  synchronized Future<Void> seal() {
    open = true;
    var missing = new ArrayList<String>();
    for (var served : descriptor.served()) {
      if (!handlers.containsKey(served.address())) {
        missing.add(served.address());
      }
    }
    return missing.isEmpty()
        ? Future.succeededFuture()
        : Future.failedFuture(
            new PluginException(
                PluginDescriptor.ENTRY,
                "/addresses",
                "lists " + String.join(", ", missing) + ", and open gave no handler for it",
                "Call context.handle in open, or remove it from the list"));
  }

  synchronized @Nullable RequestHandler handler(String address) {
    return handlers.get(address);
  }

  @Override
  public Future<Void> publish(String address, JsonObject body) {
    if (broadcasts.stream().noneMatch(pattern -> pattern.matches(address))) {
      return Future.failedFuture(
          new IllegalArgumentException(
              address + " is no address of kind broadcast in plugin.json: list it there"));
    }
    if (!publishes.take()) {
      refused.run();
      return publishes.refusal();
    }
    return vertx
        .eventBus()
        .<JsonObject>publisher(address)
        .write(body)
        .recover(InstanceContext::unlessNobodyListens);
  }

  /** A message that nobody wants is published all the same. */
  private static Future<Void> unlessNobodyListens(Throwable failure) {
    boolean nobody =
        failure instanceof ReplyException reply && reply.failureType() == ReplyFailure.NO_HANDLERS;
    return nobody ? Future.succeededFuture() : Future.failedFuture(failure);
  }

  @Override
  public Future<JsonObject> request(String address, JsonObject body) {
    return request(address, body, PATIENCE);
  }

  @Override
  public Future<JsonObject> request(String address, JsonObject body, Duration timeout) {
    var options = new DeliveryOptions().setSendTimeout(Math.max(1, timeout.toMillis()));
    return vertx
        .eventBus()
        .request(address, body, options)
        .map(reply -> objectOf(address, reply.body()));
  }

  private static JsonObject objectOf(String address, @Nullable Object body) {
    if (body == null) {
      return new JsonObject();
    }
    if (body instanceof JsonObject object) {
      return object;
    }
    throw new IllegalStateException(
        address + " answered a " + body.getClass().getSimpleName() + " and no JSON object");
  }

  @Override
  public Timer after(Duration delay, Runnable action) {
    return timers.after(delay, action);
  }

  @Override
  public Timer every(Duration period, Runnable action) {
    return timers.every(period, action);
  }

  @Override
  public Pool pool() {
    if (pool == null) {
      throw new IllegalStateException(
          "plugin "
              + descriptor.id()
              + " has no database: write \"needs\": [\"database\"] in plugin.json");
    }
    return pool;
  }

  @Override
  public Vertx vertx() {
    return vertx;
  }

  /** Takes what a callback of the plugin threw outside of every handler. */
  void complain(Throwable failure) {
    LOGGER
        .atError()
        .addKeyValue("plugin", descriptor.id())
        .setCause(failure)
        .log("something in a plugin threw and nobody caught it");
  }

  /** Ends what would go on by itself: what a call waits for may still come. */
  void retire() {
    timers.retire();
  }

  /** Lets nothing begin by itself while the plugin is in quarantine. */
  void pause(boolean on) {
    timers.pause(on);
  }

  /** What its event loop is doing. */
  LoopPulse pulse() {
    return pulse;
  }

  /** Ends what the host ends for a plugin before it closes. */
  void end() {
    timers.end();
  }

  /** Takes back what the plugin still holds when it has closed. */
  void takeBack() {
    if (pool != null) {
      pool.end();
    }
  }
}
