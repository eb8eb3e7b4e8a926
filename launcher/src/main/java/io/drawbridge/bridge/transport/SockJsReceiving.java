package io.drawbridge.bridge.transport;

import io.drawbridge.config.Settings;
import io.drawbridge.http.Admission;
import io.drawbridge.http.HttpLoop;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Requests that wait for frames: each begins a session or goes on with one. */
final class SockJsReceiving {

  /** Short, and without anything that could be a script: it is said back to the page. */
  private static final Pattern CALLBACK = Pattern.compile("[a-zA-Z0-9_.-]{1,64}");

  private final SockJsService service;
  private final Settings settings;
  private final HttpLoop http;
  private final HandshakeReader handshakes;
  private final SockJsSessions sessions;
  private final SocketAcceptor acceptor;

  SockJsReceiving(
      SockJsService service,
      Settings settings,
      HttpLoop http,
      HandshakeReader handshakes,
      SockJsSessions sessions,
      SocketAcceptor acceptor) {
    this.service = service;
    this.settings = settings;
    this.http = http;
    this.handshakes = handshakes;
    this.sessions = sessions;
    this.acceptor = acceptor;
  }

  void attach(HttpServerRequest request, String id, SockJsTransport transport) {
    String callback = transport.scripted() ? callback(request) : "";
    if (callback == null) {
      return;
    }
    SockJsSession session = session(request, id, transport);
    if (session == null) {
      return;
    }
    SockJsHeaders.notCacheable(request.response());
    if (service.cookieNeeded()) {
      SockJsHeaders.sticky(request);
    }
    SockJsReceiver receiver =
        new SockJsReceiver(transport, callback, request, service.streamBytes());
    receiver.begin(() -> session.loop().reach(() -> session.gone(receiver)));
    session.loop().reach(() -> session.attach(receiver));
  }

  /** The callback's name; null if the request has been answered because it is none. */
  private static @Nullable String callback(HttpServerRequest request) {
    String named = request.getParam("c");
    String callback = named == null ? request.getParam("callback") : named;
    if (callback == null || callback.isEmpty()) {
      request.response().setStatusCode(500).end("\"callback\" parameter required\n");
      return null;
    }
    if (!CALLBACK.matcher(callback).matches()) {
      request.response().setStatusCode(500).end("invalid \"callback\" parameter\n");
      return null;
    }
    return callback;
  }

  /** The session to attach to; null if the request has been answered because there is none. */
  private @Nullable SockJsSession session(
      HttpServerRequest request, String id, SockJsTransport transport) {
    SessionBinding binding = handshakes.binding(request);
    SockJsSession session = sessions.find(id);
    if (session == null) {
      Admission admission = http.admitSession(request);
      if (!admission.admitted()) {
        return null;
      }
      SockJsSession created = create(request, id, transport, binding, admission);
      session = sessions.findOrAdd(id, () -> created);
      if (session == created) {
        http.sweeper().add(created);
        return created;
      }
      admission.leave();
    }
    if (session.binding().allows(binding)) {
      return session;
    }
    request.response().setStatusCode(404).end();
    return null;
  }

  private SockJsSession create(
      HttpServerRequest request,
      String id,
      SockJsTransport transport,
      SessionBinding binding,
      Admission admission) {
    return new SockJsSession(
        handshakes.read(transport.path(), request),
        binding,
        acceptor,
        heartbeatMillis(settings),
        settings.bridge().disconnectMillis(),
        () -> {
          sessions.remove(id);
          admission.leave();
        });
  }

  /** A connection that carries nothing is cut when idle, so heartbeats have to come sooner. */
  static long heartbeatMillis(Settings settings) {
    return Math.min(
        settings.bridge().heartbeatMillis(),
        TimeUnit.SECONDS.toMillis(settings.limits().idleSeconds()) / 2);
  }
}
