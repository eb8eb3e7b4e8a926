package io.drawbridge.pluginhost.routing;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * What became of a generation's calls: how many, how many of them failed, and how long they took.
 * Thread-safe; times are kept in a histogram of fixed size whose buckets are a fifth wide.
 */
public final class CallFigures {

  private static final int PER_OCTAVE = 4;
  private static final int BUCKETS = 40 * PER_OCTAVE;

  private final LongAdder calls = new LongAdder();
  private final LongAdder failures = new LongAdder();
  private final AtomicLongArray histogram = new AtomicLongArray(BUCKETS);

  /** Counts a call that has ended, whose fault it was if it failed, and its time. */
  void ended(boolean failed, long nanos) {
    calls.increment();
    if (failed) {
      failures.increment();
    }
    histogram.incrementAndGet(bucket(nanos));
  }

  /** Calls that have ended. */
  public long calls() {
    return calls.sum();
  }

  /** Those that failed by the plugin's fault: 4108, 4110, and its own codes from 500 to 599. */
  public long failures() {
    return failures.sum();
  }

  /** The share of calls that failed by the plugin's fault, from 0 to 1; 0 without calls. */
  public double failedShare() {
    long all = calls();
    return all == 0 ? 0 : (double) failures() / all;
  }

  /** A time in nanoseconds that this share of the calls did not exceed; 0 without calls. */
  public long quantileNanos(double share) {
    long all = 0;
    for (int i = 0; i < BUCKETS; i++) {
      all += histogram.get(i);
    }
    long wanted = (long) Math.ceil(all * share);
    long seen = 0;
    for (int i = 0; i < BUCKETS && wanted > 0; i++) {
      seen += histogram.get(i);
      if (seen >= wanted) {
        return upperEnd(i);
      }
    }
    return 0;
  }

  private static int bucket(long nanos) {
    long value = Math.max(PER_OCTAVE, nanos);
    int octave = 63 - Long.numberOfLeadingZeros(value);
    int part = (int) (value >>> (octave - 2)) & (PER_OCTAVE - 1);
    return Math.min(BUCKETS - 1, (octave - 2) * PER_OCTAVE + part);
  }

  private static long upperEnd(int bucket) {
    int octave = bucket / PER_OCTAVE + 2;
    return (long) (PER_OCTAVE + bucket % PER_OCTAVE + 1) << (octave - 2);
  }
}
