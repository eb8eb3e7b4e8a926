package io.drawbridge.plugin;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import java.time.Duration;

/**
 * What the host lends one instance of a plugin: addresses to serve, the bus to speak on, timers,
 * settings, a database.
 *
 * <p>Promises of the host:
 *
 * <ol>
 *   <li>Everything that comes through the context ends with the plugin; nothing has to be
 *       unregistered.
 *   <li>Futures of the context complete on the instance's own context if they were asked for there.
 *   <li>What it refuses, it refuses in a sentence that names the remedy.
 * </ol>
 *
 * <p>Call it from the instance's own context: from {@link HandlerVerticle#open}, handlers, timers
 * and the futures that these wait for.
 */
public interface PluginContext {

  /** The id in the descriptor, such as {@code chat}. */
  String pluginId();

  /**
   * The settings of {@code conf/plugins/<id>.json}, checked by the descriptor's schema and with its
   * defaults filled in; a copy that is the receiver's to change.
   */
  JsonObject settings();

  /**
   * Serves an address that the descriptor lists as {@code request} or {@code event}. Only while
   * {@link HandlerVerticle#open} is under way, once for each address.
   *
   * @throws IllegalArgumentException if the descriptor does not list the address so, or this
   *     instance has given a handler for it already
   * @throws IllegalStateException if {@link HandlerVerticle#open} is over
   */
  void handle(String address, RequestHandler handler);

  /**
   * Publishes to everyone who is registered at an address, browsers and consumers inside the
   * cluster alike. The descriptor must list the address as {@code broadcast}, itself or by a
   * pattern such as {@code chat.room.{room}}.
   *
   * @return succeeds when the bus has taken the message, which says nothing of who hears it, if
   *     anyone; fails with an {@link IllegalArgumentException} if the descriptor does not list the
   *     address
   */
  Future<Void> publish(String address, JsonObject body);

  /**
   * Asks an address and waits for its one reply, 30 seconds at most. The other side sees {@link
   * Caller#internal()}: check what your own caller may do before you ask on its behalf.
   *
   * @return the reply's body, empty if there was none; or a {@link
   *     io.vertx.core.eventbus.ReplyException} whose {@code failureType} is {@code NO_HANDLERS},
   *     {@code TIMEOUT}, or {@code RECIPIENT_FAILURE} with the other side's code; or an {@link
   *     IllegalStateException} if the reply is no JSON object. Unless a handler turns it into
   *     something of its own, its caller is told 4110
   */
  Future<JsonObject> request(String address, JsonObject body);

  /** As {@link #request(String, JsonObject)}, waiting for {@code timeout} at most. */
  Future<JsonObject> request(String address, JsonObject body, Duration timeout);

  /**
   * Runs an action once, after a delay, on the instance's context; what it throws is logged and
   * hurts nobody. The shortest delay is a millisecond. When another version takes over, it still
   * comes as long as this one has calls to finish, so that a handler may wait for it.
   */
  Timer after(Duration delay, Runnable action);

  /**
   * Runs an action again and again, first after one period, on the instance's context; what it
   * throws is logged, and the next run still comes. It stops at once when another version takes
   * over.
   */
  Timer every(Duration period, Runnable action);

  /**
   * The pool of database connections that all plugins share, for a plugin whose descriptor says
   * {@code "needs": ["database"]}. It is PostgreSQL, bounded in connections and in waiting, and the
   * database is there before {@link HandlerVerticle#open} is called. Closing it does nothing.
   *
   * @throws IllegalStateException if the descriptor does not ask for the database
   */
  Pool pool();

  /**
   * The Vert.x instance, for what the context does not offer, such as HTTP clients and {@code
   * executeBlocking}. Consumers on its event bus are not for plugins: what waits in one is lost
   * when the plugin stops.
   */
  Vertx vertx();

  /** A timer that can be stopped; the host stops it with the plugin. */
  interface Timer {
    /** Stops it; a stopped timer never runs again. */
    void cancel();
  }
}
