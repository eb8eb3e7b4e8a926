package io.drawbridge.pluginhost.routing;

import io.drawbridge.plugin.RequestHandler;
import io.vertx.core.Context;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one address that wait for one instance of a plugin. They start in order, on the
 * instance's context; until then they are the host's. Guarded by its {@link AddressQueue}.
 */
public final class Lane {

  final RequestHandler handler;
  final Deque<Call> waiting = new ArrayDeque<>();

  /** Calls whose handler has been entered and has not returned; one, but for virtual threads. */
  final List<Call> entered = new ArrayList<>(1);

  /** Turns that the context owes: never more than calls wait, unless calls were answered early. */
  int turns;

  private final Context context;

  /** Since when a handler has held the event loop, 0 if none does; and its thread. */
  private volatile long since;

  private volatile @Nullable Thread inside;

  /** What was told of last: since when that handler was inside, and how often it was told of. */
  private long struckSince;

  private long struck;

  /** A lane to one instance's handler. */
  public Lane(Context context, RequestHandler handler) {
    this.context = context;
    this.handler = handler;
  }

  /** A handler is called on the instance's thread. */
  void enter() {
    if (context.isEventLoopContext()) {
      inside = Thread.currentThread();
      since = System.nanoTime();
    }
  }

  /** It has returned. */
  void leave() {
    since = 0;
    inside = null;
  }

  /** Whether a handler holds the loop for longer, counted anew each time that it does again. */
  @Nullable Stuck stuck(String plugin, String address, long nanos) {
    long from = since;
    Thread thread = inside;
    if (from == 0 || thread == null) {
      return null;
    }
    if (from != struckSince) {
      struckSince = from;
      struck = 0;
    }
    long held = System.nanoTime() - from;
    long times = held / nanos;
    int strikes = (int) Math.min(Integer.MAX_VALUE, times - struck);
    if (strikes < 1) {
      return null;
    }
    struck = times;
    return new Stuck(
        plugin,
        address,
        strikes,
        TimeUnit.NANOSECONDS.toMillis(held),
        List.of(thread.getStackTrace()));
  }

  /** Asks the instance's context for a turn. */
  void take(Runnable turn) {
    context.runOnContext(nothing -> turn.run());
  }
}
