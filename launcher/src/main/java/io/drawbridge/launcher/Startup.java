package io.drawbridge.launcher;

import io.drawbridge.config.Settings;
import io.drawbridge.config.SettingsReader;
import io.drawbridge.http.HttpEntrance;
import io.drawbridge.http.StaticPages;
import io.drawbridge.ops.Health;
import io.drawbridge.ops.Health.Phase;
import io.drawbridge.permission.LivePermissions;
import io.drawbridge.permission.TokenVerifier;
import io.drawbridge.permission.TokenVerifiers;
import io.drawbridge.signin.SignIn;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the server: its parts, in the order of {@link #run}. What needs stopping leaves its
 * counterpart with {@link Shutdown}, which works through them from the end.
 */
final class Startup {

  private static final Logger LOGGER = LoggerFactory.getLogger(Startup.class);

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
    shutdown.within(ServeCommand.stopBudget(settings.limits().stopSeconds()));
    LivePermissions permissions =
        steps.call("permissions", () -> new LivePermissions(settings.permissions()));

    DataFolder data = steps.call("data folder", () -> DataFolder.open(options.data));
    shutdown.close("data folder", data);
    steps.run("logs", () -> options.openLogs(data, settings.logs()));
    SettingsReader.warnings(settings).forEach(warning -> LOGGER.atWarn().log(warning.toString()));

    Vertx vertx = steps.call("event loops", () -> EventLoops.open(settings.plugins().eventLoops()));
    shutdown.add("event loops", vertx::close);
    EventLoops.Own own = steps.await("own event loops", () -> EventLoops.own(vertx));
    TokenVerifier verifier = steps.await("keys", () -> openKeys(vertx, settings, data.path()));
    Rooms rooms =
        new Rooms(settings, data.path(), vertx, own, permissions, verifier, options::deployed);

    List<Consumer<Router>> routes = new ArrayList<>(rooms.operations.routes());
    routes.add(rooms.gate);
    routes.add(
        steps.await(
            "sign-in", () -> openSignIn(vertx, settings, data.path(), verifier, rooms.entrance)));
    routes.add(steps.call("pages", () -> new StaticPages(home.webroot())));
    steps.await("http", () -> Listening.open(vertx, settings, rooms, routes));

    shutdown.add("database", rooms.database::close);
    steps.await("plugins", rooms.plugins::start);
    shutdown.add("plugins", rooms.plugins::stop);
    options.projects.forEach(
        project -> steps.await("development", () -> rooms.plugins.develop(project)));
    shutdown.add("sockets", rooms.bridge::close);

    return serve(rooms, data, Listening.url(settings.http(), rooms.entrance));
  }

  /** Lets sockets in; the counterparts are the first that a stop does. */
  private String serve(Rooms rooms, DataFolder data, String url) {
    Health health = rooms.operations.health();
    shutdown.close("gate", rooms.gate::close);
    rooms.gate.open();
    shutdown.close("readiness", () -> health.enter(Phase.STOPPING));
    health.enter(Phase.SERVING);
    steps.run("server.json", () -> data.announce(url));
    shutdown.close("server.json", data::withdraw);
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
}
