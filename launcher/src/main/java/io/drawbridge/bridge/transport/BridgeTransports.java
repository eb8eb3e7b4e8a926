package io.drawbridge.bridge.transport;

import io.drawbridge.config.Settings;
import io.drawbridge.http.HttpEntrance;
import io.drawbridge.http.HttpLoop;
import io.vertx.ext.web.Router;

/** The bridge's paths, on every event loop. What the loops share lives here. Thread-safe. */
public final class BridgeTransports {

  /** Where the bridge is mounted. */
  public static final String PREFIX = "/eventbus";

  private final Settings settings;
  private final HttpEntrance entrance;
  private final SocketAcceptor acceptor;

  /** Opens nothing yet; {@code acceptor} is called on many event loops. */
  public BridgeTransports(Settings settings, HttpEntrance entrance, SocketAcceptor acceptor) {
    this.settings = settings;
    this.entrance = entrance;
    this.acceptor = acceptor;
  }

  /** Mounts the routes of one event loop; called on it. */
  public void mount(Router router, HttpLoop http) {
    WebSocketUpgrade upgrade = new WebSocketUpgrade(settings.limits(), http);
    HandshakeReader handshakes = new HandshakeReader(settings, entrance);
    new RawRoute(settings.limits(), http, upgrade, handshakes, acceptor).mount(router, PREFIX);
  }
}
