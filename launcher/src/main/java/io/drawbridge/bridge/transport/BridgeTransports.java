package io.drawbridge.bridge.transport;

import io.drawbridge.config.Settings;
import io.drawbridge.http.HttpEntrance;
import io.drawbridge.http.HttpLoop;
import io.vertx.ext.web.Router;
import java.util.function.Supplier;

/** The bridge's paths, on every event loop. What the loops share lives here. Thread-safe. */
public final class BridgeTransports {

  /** Where the bridge is mounted. */
  public static final String PREFIX = "/eventbus";

  private final Settings settings;
  private final HttpEntrance entrance;
  private final Supplier<SocketAcceptor> acceptors;

  /** Opens nothing yet; {@code acceptors} is asked once on each event loop. */
  public BridgeTransports(
      Settings settings, HttpEntrance entrance, Supplier<SocketAcceptor> acceptors) {
    this.settings = settings;
    this.entrance = entrance;
    this.acceptors = acceptors;
  }

  /** Mounts the routes of one event loop; called on it. */
  public void mount(Router router, HttpLoop http) {
    SocketAcceptor acceptor = acceptors.get();
    WebSocketUpgrade upgrade = new WebSocketUpgrade(settings.limits(), http);
    HandshakeReader handshakes = new HandshakeReader(settings, entrance);
    new RawRoute(settings.limits(), http, upgrade, handshakes, acceptor).mount(router, PREFIX);
  }
}
