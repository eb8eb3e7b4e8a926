package io.drawbridge.http;

import io.drawbridge.http.RefusalListener.Refusal;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One event loop's share of the way in: watches its connections, and checks each request before a
 * route sees it. Not thread-safe.
 */
public final class HttpLoop {

  /** How many connections may wait for their refusal to be told; more are cut unheard. */
  private static final int MOST_REFUSED = 64;

  private final HttpEntrance entrance;
  private final Vertx vertx;
  private final Sweeper sweeper = new Sweeper();
  private final Map<HttpConnection, WatchedConnection> open = new HashMap<>();
  private int refused;

  HttpLoop(HttpEntrance entrance, Vertx vertx) {
    this.entrance = entrance;
    this.vertx = vertx;
  }

  /** Keeps the deadlines of this loop. */
  public Sweeper sweeper() {
    return sweeper;
  }

  /** What all loops share. */
  public HttpEntrance entrance() {
    return entrance;
  }

  /** Listens; must be called on the loop, whose timers begin with it. */
  public Future<HttpServer> listen(Handler<HttpServerRequest> router) {
    vertx.setPeriodic(Sweeper.PERIOD_MILLIS, tick -> sweeper.sweep());
    return vertx
        .createHttpServer(entrance.options())
        .connectionHandler(this::opened)
        .requestHandler(request -> received(request, router))
        .listen(entrance.port(), entrance.host())
        .onSuccess(server -> entrance.listening(server.actualPort()));
  }

  private void opened(HttpConnection connection) {
    // Behind a proxy its many clients are told apart when they ask to become sockets.
    String address = entrance.clients().trusts(connection) ? null : ClientAddress.of(connection);
    Refusal first = entrance.counts().enter(address);
    WatchedConnection watched = new WatchedConnection(connection, entrance, address, first);
    open.put(connection, watched);
    connection.closeHandler(closed -> closed(connection));
    sweeper.add(watched);
    if (first != null) {
      entrance.listener().refused(first);
      refused++;
      if (refused > MOST_REFUSED) {
        connection.close();
      }
    }
  }

  private void closed(HttpConnection connection) {
    WatchedConnection watched = open.remove(connection);
    if (watched != null) {
      watched.closed();
      if (watched.refusal() != null) {
        refused--;
      }
    }
  }

  private void received(HttpServerRequest request, Handler<HttpServerRequest> router) {
    WatchedConnection watched = open.get(request.connection());
    if (watched == null || watched.hasHadItsLast()) {
      request.connection().close();
      return;
    }
    watched.begins(request);
    if (RequestCheck.chunked(request)) {
      watched.last();
      request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
    String problem = RequestCheck.problem(request);
    if (watched.refusal() != null) {
      refuse(request, status(watched.refusal()), "too many connections: try again later");
    } else if (problem != null) {
      entrance.listener().refused(Refusal.MALFORMED);
      refuse(request, 400, problem);
    } else {
      whenTaken(request, router);
    }
  }

  /**
   * A client that asks on without taking its answers would have them pile up here: its next request
   * waits until the last answer has gone.
   */
  private static void whenTaken(HttpServerRequest request, Handler<HttpServerRequest> router) {
    if (request.response().writeQueueFull()) {
      request.response().drainHandler(drained -> router.handle(request));
    } else {
      router.handle(request);
    }
  }

  /** Whether a request's origin may connect; answers the request if not. */
  public boolean allowOrigin(HttpServerRequest request) {
    if (entrance.origins().allow(request)) {
      return true;
    }
    entrance.listener().refused(Refusal.ORIGIN);
    refuse(request, 403, "this origin may not connect: see http.origins");
    return false;
  }

  /**
   * Checks a request that wants to become a WebSocket: its origin, and the count of its client's
   * connections where a proxy's address has hidden it until now.
   */
  public Admission admit(HttpServerRequest request) {
    if (!allowOrigin(request)) {
      return Admission.REFUSED;
    }
    return entrance.clients().proxied(request)
        ? admit(request, entrance.proxied())
        : new Admission(true, () -> {});
  }

  /** Checks a request that wants to begin a session, which outlives its connection. */
  public Admission admitSession(HttpServerRequest request) {
    return allowOrigin(request) ? admit(request, entrance.sessions()) : Admission.REFUSED;
  }

  private Admission admit(HttpServerRequest request, ConnectionCounts counts) {
    String address = entrance.clients().of(request);
    Refusal refusal = counts.enter(address);
    if (refusal == null) {
      return new Admission(true, () -> counts.leave(address));
    }
    counts.leave(address);
    entrance.listener().refused(refusal);
    refuse(request, status(refusal), "too many connections: try again later");
    return Admission.REFUSED;
  }

  private static int status(@Nullable Refusal refusal) {
    return refusal == Refusal.CONNECTIONS_PER_IP ? 429 : 503;
  }

  /** Answers with one sentence and ends the connection, whatever else it still holds. */
  public void refuse(HttpServerRequest request, int status, String sentence) {
    request
        .response()
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
        .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=UTF-8")
        .end(sentence + "\n")
        .onComplete(written -> request.connection().close());
  }

  /**
   * Makes a WebSocket of a request's connection. Vert.x Web hands routes a wrapped request, whose
   * sockets are wrapped too and hide their channel; this upgrades the request as it came.
   *
   * <p>It does so a turn later. Frames that a client sends before it has our answer, which RFC 6455
   * forbids, would otherwise pass between two handlers and be lost, their memory with them; so they
   * still meet the HTTP decoder, and the connection is cut.
   */
  public Future<ServerWebSocket> toWebSocket(HttpServerRequest request) {
    WatchedConnection watched = open.get(request.connection());
    HttpServerRequest current = watched == null ? null : watched.current();
    HttpServerRequest came = current == null ? request : current;
    Promise<ServerWebSocket> upgraded = Promise.promise();
    came.pause();
    vertx.runOnContext(later -> came.toWebSocket().onComplete(upgraded));
    return upgraded.future();
  }

  /**
   * A connection has become a WebSocket. Its HTTP connection will tell nothing more.
   *
   * @return to be run when the socket has closed
   */
  public Runnable upgraded(HttpConnection connection) {
    WatchedConnection watched = open.remove(connection);
    if (watched == null) {
      return () -> {};
    }
    watched.upgraded();
    return watched::closed;
  }
}
