package io.drawbridge.http;

import io.drawbridge.config.HttpConfig;
import io.drawbridge.config.LimitsConfig;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** What the HTTP servers of all event loops share: who may come in, and the counts. Thread-safe. */
public final class HttpEntrance {

  private final HttpConfig http;
  private final HttpServerOptions options;
  private final ConnectionCounts counts;
  private final ConnectionCounts proxied;
  private final ConnectionCounts sessions;
  private final ClientAddress clients;
  private final Origins origins;
  private final RefusalListener listener;
  private final Map<HttpConnection, Long> granted = new ConcurrentHashMap<>();
  private final AtomicInteger actualPort = new AtomicInteger();
  private final long requestMillis;
  private final long idleMillis;

  /**
   * Reads nothing and opens nothing yet.
   *
   * @throws IllegalArgumentException if a trusted proxy is no network
   */
  public HttpEntrance(HttpConfig http, LimitsConfig limits, RefusalListener listener) {
    this.http = http;
    this.options = ServerOptions.of(http, limits);
    this.counts = new ConnectionCounts(limits);
    this.proxied = new ConnectionCounts(limits);
    this.sessions = new ConnectionCounts(limits);
    this.clients = new ClientAddress(http.trustedProxies());
    this.origins = new Origins(http.origins(), clients);
    this.listener = listener;
    this.requestMillis = TimeUnit.SECONDS.toMillis(limits.requestHeadSeconds());
    this.idleMillis = TimeUnit.SECONDS.toMillis(limits.idleSeconds());
  }

  /** A new event loop's share; called on that loop. */
  public HttpLoop loop(Vertx vertx) {
    return new HttpLoop(this, vertx);
  }

  HttpServerOptions options() {
    return options;
  }

  String host() {
    return http.host();
  }

  /**
   * Any free port is asked for as -1, which Vert.x shares between loops; 0 would give each its own.
   */
  int port() {
    return http.port() == 0 ? -1 : http.port();
  }

  /** The port that the first loop found itself on; 0 before. */
  public int actualPort() {
    return actualPort.get();
  }

  void listening(int port) {
    actualPort.set(port);
  }

  /** The scheme of our own URLs. */
  public String scheme() {
    return http.tls() == null ? "http" : "https";
  }

  /** Tells clients' addresses through proxies. */
  public ClientAddress clients() {
    return clients;
  }

  /** Decides on origins. */
  public Origins origins() {
    return origins;
  }

  /** Open connections, upgraded ones included. */
  public int connections() {
    return counts.open();
  }

  /** Where refusals are told. */
  public RefusalListener listener() {
    return listener;
  }

  ConnectionCounts counts() {
    return counts;
  }

  /** WebSockets of clients behind a trusted proxy. */
  ConnectionCounts proxied() {
    return proxied;
  }

  /** SockJS sessions over HTTP, which outlive their connections. */
  ConnectionCounts sessions() {
    return sessions;
  }

  long requestMillis() {
    return requestMillis;
  }

  /**
   * Gives a request that has been found to have the right so much time for its body, in place of
   * what all have. Called on its event loop.
   */
  public void grant(HttpServerRequest request, Duration time) {
    if (!request.response().closed()) {
      granted.put(request.connection(), time.toMillis());
    }
  }

  /** How long a connection's request may take to come. */
  long requestMillis(HttpConnection connection) {
    return granted.getOrDefault(connection, requestMillis);
  }

  /** The request has come, or its connection has gone. */
  void granted(HttpConnection connection) {
    granted.remove(connection);
  }

  long idleMillis() {
    return idleMillis;
  }
}
