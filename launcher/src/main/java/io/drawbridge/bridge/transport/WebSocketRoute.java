package io.drawbridge.bridge.transport;

import io.drawbridge.config.Settings;
import io.drawbridge.http.Admission;
import io.drawbridge.http.HttpLoop;
import io.vertx.core.http.HttpServerRequest;

/** Requests that want to become a WebSocket, with or without SockJS's letters. */
final class WebSocketRoute {

  /** What quotes and escapes may add to a message on the way. */
  private static final int SOCKJS_FACTOR = 2;

  private final HttpLoop http;
  private final WebSocketUpgrade upgrade;
  private final HandshakeReader handshakes;
  private final SocketAcceptor acceptor;
  private final int frameBytes;

  WebSocketRoute(
      Settings settings, HttpLoop http, HandshakeReader handshakes, SocketAcceptor acceptor) {
    this.http = http;
    this.upgrade =
        new WebSocketUpgrade(settings.limits(), http, SockJsReceiving.heartbeatMillis(settings));
    this.handshakes = handshakes;
    this.acceptor = acceptor;
    this.frameBytes = settings.limits().frameBytes();
  }

  void raw(HttpServerRequest request) {
    open(request, "raw", BareFraming.INSTANCE, frameBytes);
  }

  void sockJs(HttpServerRequest request) {
    open(request, "websocket", new SockJsWebSocketFraming(frameBytes), SOCKJS_FACTOR * frameBytes);
  }

  private void open(
      HttpServerRequest request, String transport, MessageFraming framing, int messageBytes) {
    if (!upgrade.possible(request)) {
      return;
    }
    Admission admission = http.admit(request);
    if (admission.admitted()) {
      Handshake handshake = handshakes.read(transport, request);
      upgrade.upgrade(request, handshake, framing, messageBytes, acceptor, admission::leave);
    }
  }
}
