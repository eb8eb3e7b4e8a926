package io.drawbridge.pluginhost;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What one plugin may take of the pool that all share: so many connections at once, over all its
 * versions and instances, and so many requests for one that wait, for so long. Thread-safe.
 */
final class PoolShare {

  private final String plugin;
  private final int connections;
  private final int waiting;
  private final int waitMillis;
  private final Deque<Promise<Void>> queue = new ArrayDeque<>();
  private int out;

  PoolShare(String plugin, int connections, int waiting, int waitMillis) {
    this.plugin = plugin;
    this.connections = connections;
    this.waiting = waiting;
    this.waitMillis = waitMillis;
  }

  /**
   * Succeeds when a connection may be taken, on the context that asks; whoever takes it gives it
   * back by {@link #leave}.
   */
  Future<Void> enter(Vertx vertx) {
    Promise<Void> turn = Promise.promise();
    synchronized (this) {
      if (out < connections) {
        out++;
        return Future.succeededFuture();
      }
      if (queue.size() >= waiting) {
        return Future.failedFuture(new IllegalStateException(problem("too many wait for another")));
      }
      queue.add(turn);
    }
    long timer = vertx.setTimer(waitMillis, id -> giveUp(turn));
    Context asking = vertx.getOrCreateContext();
    Promise<Void> there = Promise.promise();
    turn.future()
        .onComplete(
            outcome -> {
              vertx.cancelTimer(timer);
              asking.runOnContext(nothing -> there.handle(outcome));
            });
    return there.future();
  }

  private void giveUp(Promise<Void> turn) {
    boolean waited;
    synchronized (this) {
      waited = queue.remove(turn);
    }
    if (waited) {
      turn.fail(new IllegalStateException(problem("none came back within " + waitMillis + " ms")));
    }
  }

  private String problem(String what) {
    return "plugin "
        + plugin
        + " has "
        + connections
        + " connections of the database out, and "
        + what
        + ": give them back sooner, or raise plugins.containment.connections";
  }

  /** A connection has come back: the next may take one. */
  void leave() {
    Promise<Void> next;
    synchronized (this) {
      next = queue.poll();
      if (next == null) {
        out--;
      }
    }
    if (next != null) {
      next.complete();
    }
  }
}
