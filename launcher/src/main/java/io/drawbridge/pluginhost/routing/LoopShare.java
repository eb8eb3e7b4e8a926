package io.drawbridge.pluginhost.routing;

import io.vertx.core.Context;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The turns of one instance of a plugin on its context. On an event loop it takes them one after
 * the other for a slice of time, then lets whatever else waits on that loop go first: so plugins
 * that share a loop get equal shares of it, however many calls wait for one of them. Of other
 * contexts it asks for each turn at once, for their threads are the plugin's own.
 */
public final class LoopShare {

  private final Context context;
  private final long sliceNanos;

  /** Bounded by who asks: {@code inFlight} turns for each address. */
  private final Queue<Runnable> turns = new ConcurrentLinkedQueue<>();

  private final AtomicBoolean asked = new AtomicBoolean();

  /**
   * The share of an instance that has no turns yet.
   *
   * @param sliceNanos how long it may go on while others wait; the handler that is running then
   *     ends first
   */
  public LoopShare(Context context, long sliceNanos) {
    this.context = context;
    this.sliceNanos = sliceNanos;
  }

  /** Runs a turn on the instance's context, after those that were asked for before. */
  void take(Runnable turn) {
    if (!context.isEventLoopContext()) {
      context.runOnContext(nothing -> turn.run());
      return;
    }
    turns.add(turn);
    ask();
  }

  private void ask() {
    if (asked.compareAndSet(false, true)) {
      context.runOnContext(nothing -> slice());
    }
  }

  private void slice() {
    long begun = System.nanoTime();
    try {
      for (Runnable turn = turns.poll(); turn != null; turn = turns.poll()) {
        turn.run();
        if (System.nanoTime() - begun >= sliceNanos) {
          return;
        }
      }
    } finally {
      asked.set(false);
      if (!turns.isEmpty()) {
        ask();
      }
    }
  }
}
