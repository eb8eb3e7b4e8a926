package io.drawbridge.launcher;

import io.drawbridge.bridge.Bridge;
import io.drawbridge.config.PluginSettingsReader;
import io.drawbridge.config.PluginsConfig;
import io.drawbridge.config.Settings;
import io.drawbridge.database.SharedDatabase;
import io.drawbridge.http.HttpEntrance;
import io.drawbridge.ops.AuditLog;
import io.drawbridge.ops.BridgeMetrics;
import io.drawbridge.ops.PluginMetrics;
import io.drawbridge.ops.Uploads;
import io.drawbridge.ops.Watchers;
import io.drawbridge.permission.LivePermissions;
import io.drawbridge.permission.TokenVerifier;
import io.drawbridge.pluginhost.Deployment;
import io.drawbridge.pluginhost.HostServices;
import io.drawbridge.pluginhost.PluginHost;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/**
 * The server's rooms and what each is handed of the others. Nothing runs yet when this is made:
 * {@link Startup} starts them in order.
 */
final class Rooms {

  /** What a change of plugins may take besides starting one, draining and stopping another. */
  private static final int GRACE_SECONDS = 15;

  final SharedDatabase database;
  final HttpEntrance entrance;
  final Bridge bridge;
  final SocketLoops loops;
  final PluginHost plugins;
  final Operations operations;
  final Gate gate = new Gate();

  Rooms(
      Settings settings,
      Path data,
      Vertx vertx,
      EventLoops.Own own,
      LivePermissions permissions,
      TokenVerifier verifier,
      Consumer<Deployment> deployed) {
    BridgeMetrics metrics = new BridgeMetrics();
    AuditLog audit =
        new AuditLog(LoggerFactory.getLogger(Logs.AUDIT), settings.logs().auditPerSecond());
    PluginMetrics pluginMetrics = new PluginMetrics();
    Watchers watchers = new Watchers(List.of(metrics, audit));
    database = new SharedDatabase(vertx, settings.database(), data);
    entrance = new HttpEntrance(settings.http(), settings.limits(), metrics::turnedAway);
    bridge =
        new Bridge(
            vertx, own.hub(), settings, permissions, verifier, watchers, EventLoops.OF_SOCKETS);
    loops = new SocketLoops(bridge, own.hub(), own.control());
    plugins =
        new PluginHost(
            vertx,
            settings.plugins(),
            data,
            new HostServices(
                new PluginSettingsReader(settings.directory(), System.getenv()),
                permissions,
                database::pool,
                loops::contains,
                loops::leaves,
                own.control(),
                pluginMetrics.andThen(audit::deployment).andThen(deployed)));
    operations =
        new Operations(
            settings,
            verifier,
            entrance,
            database,
            plugins,
            metrics,
            pluginMetrics,
            audit,
            uploads(vertx, settings.plugins(), data));
  }

  private Uploads uploads(Vertx vertx, PluginsConfig config, Path data) {
    return new Uploads(
        vertx,
        data.resolve("uploads"),
        config.jarBytes(),
        config.changes(),
        config.startSeconds() + config.drainSeconds() + config.stopSeconds() + GRACE_SECONDS,
        entrance::grant);
  }
}
