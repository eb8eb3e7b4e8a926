package io.drawbridge.plugin;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import java.time.Duration;

/**
 * What the host lends a plugin: addresses to serve, the bus to speak on, timers, settings, a
 * database.
 *
 * <p>Everything that comes through the context ends with the plugin; nothing has to be
 * unregistered. Call it from the verticle's own context.
 */
public interface PluginContext {

  /** The id in the descriptor, such as {@code chat}. */
  String pluginId();

  /** The settings of {@code conf/plugins/<id>.json}, already checked by the plugin's own schema. */
  JsonObject settings();

  /**
   * Serves an address that the descriptor lists. Only inside {@link HandlerVerticle#open}.
   *
   * @throws IllegalArgumentException if the descriptor does not list the address, or this instance
   *     serves it already
   */
  void handle(String address, RequestHandler handler);

  /**
   * Publishes to everyone who is registered at an address, browsers and consumers inside the
   * cluster alike.
   *
   * @return succeeds when the bus has taken the message, which says nothing of who hears it
   */
  Future<Void> publish(String address, JsonObject body);

  /**
   * Asks an address and waits for its one reply, 30 seconds at most. The other side sees {@link
   * Caller#internal()}.
   *
   * @return the reply's body; or a {@link io.vertx.core.eventbus.ReplyException} whose {@code
   *     failureType} is {@code NO_HANDLERS}, {@code TIMEOUT}, or {@code RECIPIENT_FAILURE} with the
   *     other side's code
   */
  Future<JsonObject> request(String address, JsonObject body);

  /** As {@link #request(String, JsonObject)}, waiting for {@code timeout} at most. */
  Future<JsonObject> request(String address, JsonObject body, Duration timeout);

  /** Runs an action once, after a delay; what it throws is logged and hurts nobody. */
  Timer after(Duration delay, Runnable action);

  /** Runs an action again and again; what it throws is logged, and the next run still comes. */
  Timer every(Duration period, Runnable action);

  /**
   * The pool of database connections that all plugins share, for a plugin whose descriptor says
   * {@code "needs": ["database"]}. It is PostgreSQL, bounded in connections and in waiting. Don't
   * close it.
   *
   * @throws IllegalStateException if the descriptor does not ask for the database
   */
  Pool pool();

  /** The Vert.x instance, for what the context does not offer; what is begun there is yours. */
  Vertx vertx();

  /** A timer that can be stopped; the host stops it with the plugin. */
  interface Timer {
    /** Stops it; a stopped timer never runs again. */
    void cancel();
  }
}
