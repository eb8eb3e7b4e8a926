package io.drawbridge.pluginhost;

import io.drawbridge.config.PluginSettingsReader;
import io.drawbridge.permission.LivePermissions;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What the plugin host borrows from the rest of the server.
 *
 * @param settings reads {@code conf/plugins/<id>.json}
 * @param permissions is told what running plugins serve and offer
 * @param database starts or connects to the database that plugins share, when first asked
 * @param socketLoop whether a thread is an event loop that serves sockets: the host's own consumers
 *     stay on these
 * @param pluginLoop whether a thread is an event loop that plugins may use
 * @param control where changes are made and the host's own timers run: neither sockets nor plugins
 *     use its event loop
 * @param deployments is told of every change of what runs, done or refused
 */
public record HostServices(
    PluginSettingsReader settings,
    LivePermissions permissions,
    Supplier<Future<Pool>> database,
    Predicate<Thread> socketLoop,
    Predicate<Thread> pluginLoop,
    Context control,
    Consumer<Deployment> deployments) {}
