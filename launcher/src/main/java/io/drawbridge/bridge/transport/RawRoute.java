package io.drawbridge.bridge.transport;

import io.drawbridge.config.LimitsConfig;
import io.drawbridge.http.Admission;
import io.drawbridge.http.HttpLoop;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;

/** {@code <prefix>/websocket}: a WebSocket without SockJS's letters. */
final class RawRoute {

  private final LimitsConfig limits;
  private final HttpLoop http;
  private final WebSocketUpgrade upgrade;
  private final HandshakeReader handshakes;
  private final SocketAcceptor acceptor;

  RawRoute(
      LimitsConfig limits,
      HttpLoop http,
      WebSocketUpgrade upgrade,
      HandshakeReader handshakes,
      SocketAcceptor acceptor) {
    this.limits = limits;
    this.http = http;
    this.upgrade = upgrade;
    this.handshakes = handshakes;
    this.acceptor = acceptor;
  }

  void mount(Router router, String prefix) {
    router.route(prefix + "/websocket").handler(context -> open(context.request()));
  }

  private void open(HttpServerRequest request) {
    if (!upgrade.possible(request)) {
      return;
    }
    Admission admission = http.admit(request);
    if (admission.admitted()) {
      upgrade.upgrade(
          request,
          handshakes.read("raw", request),
          BareFraming.INSTANCE,
          limits.frameBytes(),
          acceptor,
          admission::leave);
    }
  }
}
