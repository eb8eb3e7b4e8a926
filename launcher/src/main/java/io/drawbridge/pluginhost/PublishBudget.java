package io.drawbridge.pluginhost;

import io.vertx.core.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * How many publishes one plugin has left: a bucket that any of its threads may draw from, and that
 * its versions share.
 */
final class PublishBudget {

  private static final long SECOND = 1_000_000_000L;

  private final String plugin;
  private final int perSecond;
  private final long interval;
  private final long depth;
  private final LongSupplier clock;
  // When the bucket is full again; compared by difference only, since the clock may wrap.
  private final AtomicLong fullAt;

  /**
   * A full bucket.
   *
   * @param perSecond how fast it fills
   * @param burst what it holds
   */
  PublishBudget(String plugin, int perSecond, int burst) {
    this(plugin, perSecond, burst, System::nanoTime);
  }

  PublishBudget(String plugin, int perSecond, int burst, LongSupplier clock) {
    this.plugin = plugin;
    this.perSecond = perSecond;
    this.interval = SECOND / perSecond;
    this.depth = interval * burst;
    this.clock = clock;
    this.fullAt = new AtomicLong(clock.getAsLong());
  }

  /** Takes one publish; false when none is left. */
  boolean take() {
    while (true) {
      long now = clock.getAsLong();
      long seen = fullAt.get();
      long next = (seen - now > 0 ? seen : now) + interval;
      if (next - now > depth) {
        return false;
      }
      if (fullAt.compareAndSet(seen, next)) {
        return true;
      }
    }
  }

  /** What a publish beyond the budget answers. */
  <T> Future<T> refusal() {
    return Future.failedFuture(
        "plugin "
            + plugin
            + " publishes more than "
            + perSecond
            + " times a second: publish less often or raise plugins.containment.publishesPerSecond");
  }
}
