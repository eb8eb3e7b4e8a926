package io.drawbridge.launcher;

import io.drawbridge.bridge.BridgeVerticle;
import io.drawbridge.bridge.transport.BridgeTransports;
import io.drawbridge.config.HttpConfig;
import io.drawbridge.config.Settings;
import io.drawbridge.http.HttpEntrance;
import io.drawbridge.pluginhost.contract.AsyncApi;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.net.BindException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.function.Consumer;

/** Opens the port, and says in a sentence why it can't. */
final class Listening {

  private Listening() {}

  /** Succeeds when every event loop of sockets listens. */
  static Future<String> open(
      Vertx vertx, Settings settings, Rooms rooms, List<Consumer<Router>> routes) {
    BridgeTransports transports = new BridgeTransports(settings, rooms.entrance, rooms.loops);
    return vertx
        .deployVerticle(
            () -> new BridgeVerticle(rooms.entrance, transports, routes),
            new DeploymentOptions().setInstances(EventLoops.OF_SOCKETS))
        .recover(error -> Future.failedFuture(explained(error, settings.http())));
  }

  private static Throwable explained(Throwable error, HttpConfig http) {
    String place = http.host() + ":" + http.port();
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      String reason = String.valueOf(cause.getMessage());
      if (cause instanceof BindException && reason.contains("in use")) {
        return StartupException.failed(
            place + " is in use: stop what listens there, or choose another port with --port",
            error);
      }
      if (cause instanceof SocketException || cause instanceof UnknownHostException) {
        return StartupException.failed(
            "can't listen on " + place + " (" + reason + "): see --host and --port", error);
      }
    }
    return error;
  }

  /** Where a browser on this machine finds the server. */
  static String url(HttpConfig http, HttpEntrance entrance) {
    return entrance.scheme() + "://" + place(http, entrance);
  }

  /** The same as the contract of the plugins tells it. */
  static AsyncApi.Server server(HttpConfig http, HttpEntrance entrance) {
    return new AsyncApi.Server(place(http, entrance), http.tls() != null);
  }

  private static String place(HttpConfig http, HttpEntrance entrance) {
    String host = http.host();
    if (host.equals("0.0.0.0") || host.equals("::")) {
      host = "127.0.0.1";
    }
    String inUrl = host.contains(":") ? "[" + host + "]" : host;
    return inUrl + ":" + entrance.actualPort();
  }
}
