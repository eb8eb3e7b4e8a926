package io.drawbridge.bridge.transport;

import io.drawbridge.config.Settings;
import io.drawbridge.http.HttpEntrance;
import io.drawbridge.http.HttpLoop;
import io.vertx.ext.web.Router;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The bridge's paths, on every event loop. What the loops share lives here. Thread-safe. */
public final class BridgeTransports {

  /** Where the bridge is mounted. */
  public static final String PREFIX = "/eventbus";

  private record Mounted(
      SockJsService service, SockJsSessions sessions, Supplier<SocketAcceptor> acceptors) {}

  private final Settings settings;
  private final HttpEntrance entrance;
  private final List<Mounted> services = new ArrayList<>();

  /** Opens nothing yet; {@code acceptors} is asked once on each event loop. */
  public BridgeTransports(
      Settings settings, HttpEntrance entrance, Supplier<SocketAcceptor> acceptors) {
    this.settings = settings;
    this.entrance = entrance;
    add(
        new SockJsService(
            PREFIX, true, false, settings.bridge().sockJsLegacy(), settings.limits().streamBytes()),
        acceptors);
    if (settings.diagnostics().echo()) {
      EchoServices.ALL.forEach((service, acceptor) -> add(service, () -> acceptor));
    }
  }

  private void add(SockJsService service, Supplier<SocketAcceptor> acceptors) {
    services.add(new Mounted(service, new SockJsSessions(), acceptors));
  }

  /** Mounts the routes of one event loop; called on it. */
  public void mount(Router router, HttpLoop http) {
    services.forEach(mounted -> mount(router, http, mounted));
  }

  private void mount(Router router, HttpLoop http, Mounted mounted) {
    SockJsService service = mounted.service();
    SockJsSessions sessions = mounted.sessions();
    SocketAcceptor acceptor = mounted.acceptors().get();
    HandshakeReader handshakes = new HandshakeReader(settings, entrance);
    new SockJsRoutes(
            service,
            http,
            new WebSocketRoute(settings, http, handshakes, acceptor),
            new SockJsReceiving(service, settings, http, handshakes, sessions, acceptor),
            new SockJsSending(service, http, handshakes, sessions, settings.limits().frameBytes()))
        .mount(router);
  }
}
