package io.drawbridge.launcher;

import io.drawbridge.bridge.Bridge;
import io.drawbridge.bridge.BridgeVerticle;
import io.drawbridge.bridge.transport.BridgeTransports;
import io.drawbridge.config.HttpConfig;
import io.drawbridge.config.PluginSettingsReader;
import io.drawbridge.config.Settings;
import io.drawbridge.config.SettingsReader;
import io.drawbridge.database.SharedDatabase;
import io.drawbridge.http.HttpEntrance;
import io.drawbridge.http.StaticPages;
import io.drawbridge.ops.AuditLog;
import io.drawbridge.ops.BridgeMetrics;
import io.drawbridge.ops.Health.Phase;
import io.drawbridge.ops.Watchers;
import io.drawbridge.permission.LivePermissions;
import io.drawbridge.permission.TokenVerifier;
import io.drawbridge.permission.TokenVerifiers;
import io.drawbridge.pluginhost.HostServices;
import io.drawbridge.pluginhost.PluginHost;
import io.drawbridge.signin.SignIn;
import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.net.BindException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the server: its parts, in the order of {@link #run}. What needs stopping leaves its
 * counterpart with {@link Shutdown}, which works through them from the end.
 */
final class Startup {

  private static final Logger LOGGER = LoggerFactory.getLogger(Startup.class);
  private static final int AUDIT_LINES_PER_SECOND = 200;

  private final ServeCommand options;
  private final Shutdown shutdown;
  private final Steps steps = new Steps();

  Startup(ServeCommand options, Shutdown shutdown) {
    this.options = options;
    this.shutdown = shutdown;
  }

  /** Blocks until the server serves, and returns where. */
  String run() {
    Home home = Home.locate();
    Settings settings = steps.call("settings", () -> options.settings(home));
    LivePermissions permissions =
        steps.call("permissions", () -> new LivePermissions(settings.permissions()));

    DataFolder data = steps.call("data folder", () -> DataFolder.open(options.data));
    shutdown.close("data folder", data);
    steps.run("logs", () -> options.openLogs(data));

    SettingsReader.warnings(settings).forEach(warning -> LOGGER.atWarn().log(warning.toString()));

    Vertx vertx = steps.call("event loops", EventLoops::open);
    shutdown.add("event loops", vertx::close);
    SharedDatabase database = new SharedDatabase(vertx, settings.database(), data.path());
    shutdown.add("database", database::close);

    TokenVerifier verifier = steps.await("keys", () -> openKeys(vertx, settings, data.path()));
    BridgeMetrics metrics = new BridgeMetrics();
    AuditLog audit = new AuditLog(LoggerFactory.getLogger(Logs.AUDIT), AUDIT_LINES_PER_SECOND);
    Context hub = steps.await("hub", () -> EventLoops.next(vertx));
    Bridge bridge =
        new Bridge(
            vertx,
            hub,
            settings,
            permissions,
            verifier,
            new Watchers(List.of(metrics, audit)),
            EventLoops.OF_SOCKETS);
    SocketLoops loops = new SocketLoops(bridge);
    PluginHost plugins =
        new PluginHost(
            vertx,
            settings.plugins(),
            data.path(),
            new HostServices(
                new PluginSettingsReader(settings.directory(), System.getenv()),
                permissions,
                database::pool,
                loops::contains));

    HttpEntrance entrance =
        new HttpEntrance(settings.http(), settings.limits(), metrics::turnedAway);
    Operations operations =
        new Operations(settings, verifier, entrance.clients(), database, plugins, metrics, audit);
    Gate gate = new Gate();
    List<Consumer<Router>> routes = new ArrayList<>(List.of(gate));
    routes.addAll(operations.routes());
    routes.add(
        steps.await("sign-in", () -> openSignIn(vertx, settings, data.path(), verifier, entrance)));
    routes.add(steps.call("pages", () -> new StaticPages(home.webroot())));
    BridgeTransports transports = new BridgeTransports(settings, entrance, loops);
    steps.await(
        "http",
        () ->
            listen(vertx, settings.http(), () -> new BridgeVerticle(entrance, transports, routes)));

    steps.await("plugins", plugins::start);
    shutdown.add("plugins", plugins::stop);
    shutdown.add("sockets", bridge::close);

    String url = url(settings.http(), entrance);
    steps.run("announcement", () -> data.announce(url));
    shutdown.close("announcement", data::withdraw);
    shutdown.close("gate", gate::close);
    shutdown.close("readiness", () -> operations.health().enter(Phase.STOPPING));
    operations.health().enter(Phase.SERVING);
    gate.open();
    LOGGER
        .atInfo()
        .addKeyValue("url", url)
        .addKeyValue("ms", steps.millis())
        .addKeyValue("version", Version.current())
        .addKeyValue("java", Runtime.version())
        .log("ready");
    return url;
  }

  private static Future<TokenVerifier> openKeys(Vertx vertx, Settings settings, Path data) {
    return TokenVerifiers.open(vertx, settings.auth(), settings.limits().tokenBytes(), data);
  }

  private static Future<Consumer<Router>> openSignIn(
      Vertx vertx, Settings settings, Path data, TokenVerifier verifier, HttpEntrance entrance) {
    return SignIn.open(
        vertx, settings, data, verifier, entrance.origins()::allow, entrance.clients()::of);
  }

  private static Future<String> listen(
      Vertx vertx, HttpConfig http, Supplier<BridgeVerticle> servers) {
    return vertx
        .deployVerticle(servers, new DeploymentOptions().setInstances(EventLoops.OF_SOCKETS))
        .recover(error -> Future.failedFuture(explained(error, http)));
  }

  /** Says which of the ways to fail it was; what the system says is not for people. */
  private static Throwable explained(Throwable error, HttpConfig http) {
    String place = http.host() + ":" + http.port();
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof BindException && String.valueOf(cause.getMessage()).contains("in use")) {
        return StartupException.failed(
            place + " is in use: stop what listens there, or choose another port with --port",
            error);
      }
      if (cause instanceof java.net.SocketException
          || cause instanceof java.net.UnknownHostException) {
        return StartupException.failed(
            "can't listen on " + place + " (" + cause.getMessage() + "): see --host and --port",
            error);
      }
    }
    return error;
  }

  /** Where a browser on this machine finds the server. */
  private static String url(HttpConfig http, HttpEntrance entrance) {
    String host = http.host();
    if (host.equals("0.0.0.0") || host.equals("::")) {
      host = "127.0.0.1";
    }
    String inUrl = host.contains(":") ? "[" + host + "]" : host;
    return entrance.scheme() + "://" + inUrl + ":" + entrance.actualPort();
  }
}
