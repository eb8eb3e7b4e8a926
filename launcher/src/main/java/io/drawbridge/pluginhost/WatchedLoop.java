package io.drawbridge.pluginhost;

import io.drawbridge.pluginhost.routing.LoopPulse;
import io.vertx.core.Context;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One event loop with plugins on it, as the {@link LoopWatch} sees it. Who holds it, the stack of
 * its thread tells by the names of the plugins' class loaders: so whatever a plugin runs is seen,
 * be it a handler, a timer or a callback.
 */
final class WatchedLoop {

  /**
   * A version that holds the loop.
   *
   * @param version the name of its class loader
   * @param what what it does there
   * @param strikes how many times the bound it has held it since this was last told
   * @param millis for how long in all
   * @param stack where the thread is, from the version's innermost call on
   */
  record Hold(
      String version, String what, int strikes, long millis, List<StackTraceElement> stack) {}

  private final Thread thread;
  private final LoopPulse pulse = new LoopPulse();
  private final Map<String, Context> contexts = new ConcurrentHashMap<>();

  /** Whether the loop owes an answer to what it was asked at {@link #askedAt}. */
  private volatile boolean asked;

  private long askedAt;

  /** Since when the loop has not got on, who was there when it was last seen, and since when. */
  private long stoodFrom;

  private @Nullable String holder;
  private long heldFrom;
  private long struck;

  WatchedLoop(Thread thread) {
    this.thread = thread;
  }

  LoopPulse pulse() {
    return pulse;
  }

  /** An instance of a version runs here. */
  void add(String version, Context context) {
    contexts.put(version, context);
  }

  /** The version has ended; its context must not be held. */
  void remove(String version) {
    contexts.remove(version);
  }

  /** How many versions live here. */
  int crowd() {
    return contexts.size();
  }

  /** Looks, on the watching thread, whether a version has held the loop for that long again. */
  @Nullable Hold look(long nanos) {
    boolean late = asked || ask();
    String inside = pulse.inside();
    long moved = pulse.movedAt();
    long now = System.nanoTime();
    if (!late && inside == null) {
      return null;
    }
    StackTraceElement[] stack = thread.getStackTrace();
    int innermost = innermost(stack);
    String found = innermost < 0 ? null : stack[innermost].getClassLoaderName();
    follow(inside == null && askedAt - moved > 0 ? askedAt : moved, found, now);
    long times = (now - heldFrom) / nanos;
    if (found == null || times <= struck) {
      return null;
    }
    int strikes = (int) Math.min(Integer.MAX_VALUE, times - struck);
    struck = times;
    return new Hold(
        found,
        inside == null ? "a callback" : inside,
        strikes,
        TimeUnit.NANOSECONDS.toMillis(now - heldFrom),
        List.of(stack).subList(innermost, stack.length));
  }

  /** Asks the loop for an answer; false, since none can be late yet. */
  private boolean ask() {
    Optional<Context> any = contexts.values().stream().findAny();
    if (any.isPresent()) {
      askedAt = System.nanoTime();
      asked = true;
      any.get().runOnContext(nothing -> answer());
    }
    return false;
  }

  private void answer() {
    pulse.beat();
    asked = false;
  }

  private int innermost(StackTraceElement[] stack) {
    for (int i = 0; i < stack.length; i++) {
      String loader = stack[i].getClassLoaderName();
      if (loader != null && contexts.containsKey(loader)) {
        return i;
      }
    }
    return -1;
  }

  /** Whoever comes in the middle of a time in which the loop did not get on has not held it all. */
  private void follow(long from, @Nullable String found, long now) {
    if (from != stoodFrom) {
      stoodFrom = from;
      heldFrom = from;
    } else if (!Objects.equals(found, holder)) {
      heldFrom = now;
    } else {
      return;
    }
    holder = found;
    struck = 0;
  }
}
