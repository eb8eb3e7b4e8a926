package io.drawbridge.pluginhost;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * How often one version of a plugin has held an event loop of late, or flooded others with what it
 * publishes. Thread-safe.
 */
final class Strikes {

  private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final String plugin;
  private final int generation;
  private final int most;
  private final long windowNanos;
  private final Deque<Long> times = new ArrayDeque<>();
  private final LongAdder refusals = new LongAdder();
  private long floodsSince = System.nanoTime();
  private boolean out;
  private long toldAt = System.nanoTime() - QUIET_NANOS;

  /**
   * A version that has held none yet.
   *
   * @param most how many strikes are too many
   * @param seconds within which time
   */
  Strikes(String plugin, int generation, int most, int seconds) {
    this.plugin = plugin;
    this.generation = generation;
    this.most = most;
    this.windowNanos = TimeUnit.SECONDS.toNanos(seconds);
  }

  String plugin() {
    return plugin;
  }

  int generation() {
    return generation;
  }

  /**
   * Counts what has just been seen.
   *
   * @return whether that is too much, and nobody has acted on it yet
   */
  synchronized boolean add(int strikes) {
    long now = System.nanoTime();
    times.removeIf(time -> now - time > windowNanos);
    for (int i = 0; i < Math.min(strikes, most); i++) {
      times.add(now);
    }
    while (times.size() > most) {
      times.remove();
    }
    return !out && times.size() == most;
  }

  /** A publish beyond the budget was refused. */
  void refused() {
    refusals.increment();
  }

  /** Whether in the last second or more as many were refused as may be made in one. */
  synchronized boolean floods(int perSecond) {
    long now = System.nanoTime();
    if (now - floodsSince < SECOND) {
      return false;
    }
    floodsSince = now;
    return refusals.sumThenReset() >= perSecond;
  }

  /** Somebody has acted. */
  synchronized void out() {
    out = true;
  }

  /** Begins anew. */
  synchronized void clear() {
    out = false;
    times.clear();
  }

  /** Whether to tell the log now: not more often than it helps. */
  synchronized boolean worthTelling() {
    long now = System.nanoTime();
    boolean worth = now - toldAt >= QUIET_NANOS;
    if (worth) {
      toldAt = now;
    }
    return worth;
  }
}
