package io.drawbridge.chat;

import io.drawbridge.plugin.PluginContext;
import io.drawbridge.plugin.RequestHandler;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * What the host lends a plugin, in so far as this plugin uses it: a real Vert.x underneath. A call
 * goes to the handler at once, on the verticle's own context, as the host's does.
 */
final class TestContext implements PluginContext {

  private final Vertx vertx;
  private final JsonObject settings;
  private final Map<String, RequestHandler> handlers = new HashMap<>();
  private Context opened;

  TestContext(Vertx vertx, JsonObject settings) {
    this.vertx = vertx;
    this.settings = settings;
  }

  /** The verticle's own context, on which its handlers are called. */
  Context opened() {
    return opened;
  }

  RequestHandler handler(String address) {
    return handlers.get(address);
  }

  @Override
  public String pluginId() {
    return "chat";
  }

  @Override
  public JsonObject settings() {
    return settings;
  }

  @Override
  public void handle(String address, RequestHandler handler) {
    handlers.put(address, handler);
    opened = vertx.getOrCreateContext();
  }

  @Override
  public Future<Void> publish(String address, JsonObject body) {
    vertx.eventBus().publish(address, body);
    return Future.succeededFuture();
  }

  @Override
  public Future<JsonObject> request(String address, JsonObject body) {
    return request(address, body, Duration.ofSeconds(30));
  }

  @Override
  public Future<JsonObject> request(String address, JsonObject body, Duration timeout) {
    return vertx
        .eventBus()
        .<JsonObject>request(
            address, body, new DeliveryOptions().setSendTimeout(timeout.toMillis()))
        .map(reply -> reply.body());
  }

  @Override
  public Timer after(Duration delay, Runnable action) {
    long timer = vertx.setTimer(delay.toMillis(), id -> action.run());
    return () -> vertx.cancelTimer(timer);
  }

  @Override
  public Timer every(Duration period, Runnable action) {
    long timer = vertx.setPeriodic(period.toMillis(), id -> action.run());
    return () -> vertx.cancelTimer(timer);
  }

  @Override
  public Pool pool() {
    throw new IllegalStateException("chat needs no database");
  }

  @Override
  public Vertx vertx() {
    return vertx;
  }
}
