package io.drawbridge.http;

import io.drawbridge.http.RefusalListener.Refusal;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP connection's clock: a request's head and its body must come in time, and between
 * requests it may stay silent only so long. Bytes that trickle in prolong nothing.
 */
final class WatchedConnection implements Sweeper.Swept {

  private final HttpConnection connection;
  private final HttpEntrance entrance;
  private final @Nullable String countedAddress;
  private final @Nullable Refusal refusal;
  private @Nullable HttpServerRequest current;
  private long since = Sweeper.now();
  private boolean fresh = true;
  private boolean upgraded;
  private boolean cut;
  private boolean ended;
  private boolean last;

  WatchedConnection(
      HttpConnection connection,
      HttpEntrance entrance,
      @Nullable String countedAddress,
      @Nullable Refusal refusal) {
    this.connection = connection;
    this.entrance = entrance;
    this.countedAddress = countedAddress;
    this.refusal = refusal;
  }

  /** Why this connection should not be served; null if it should. */
  @Nullable Refusal refusal() {
    return refusal;
  }

  void begins(HttpServerRequest request) {
    current = request;
    fresh = false;
    since = Sweeper.now();
  }

  /** What comes behind the current request is not read as another one. */
  void last() {
    last = true;
  }

  boolean hasHadItsLast() {
    return last;
  }

  @Nullable HttpServerRequest current() {
    return current;
  }

  /** The connection has become a WebSocket: from here on that watches the clock. */
  void upgraded() {
    upgraded = true;
  }

  void closed() {
    if (!ended) {
      ended = true;
      entrance.granted(connection);
      entrance.counts().leave(countedAddress);
    }
  }

  @Override
  public boolean sweep(long now) {
    if (ended || upgraded || cut) {
      return false;
    }
    HttpServerRequest request = current;
    if (request == null) {
      cutAfter(fresh ? entrance.requestMillis() : entrance.idleMillis(), now);
    } else if (!request.isEnded()) {
      cutAfter(entrance.requestMillis(connection), now);
    } else if (request.response().ended()) {
      entrance.granted(connection);
      current = null;
      since = now;
    }
    return true;
  }

  private void cutAfter(long millis, long now) {
    if (now - since >= millis) {
      boolean idle = current == null && !fresh;
      entrance.listener().refused(idle ? Refusal.IDLE : Refusal.SLOW_REQUEST);
      cut = true;
      connection.close();
    }
  }
}
