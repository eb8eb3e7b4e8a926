package io.drawbridge.pluginhost;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What the plugin host borrows from the rest of the server.
 *
 * @param settings a plugin's settings as they are in its file, by its id; may throw, may block
 * @param database starts or connects to the database that plugins share
 * @param offer takes the addresses that a plugin serves from now on, each with the authority that
 *     opens it, or with an empty text
 * @param withdraw is told that a plugin serves nothing any more
 * @param socketLoop whether a thread is an event loop of sockets, which event-loop plugins keep off
 */
public record HostServices(
    Function<String, JsonObject> settings,
    Supplier<Future<Pool>> database,
    BiConsumer<String, Map<String, String>> offer,
    Consumer<String> withdraw,
    Predicate<Thread> socketLoop) {}
