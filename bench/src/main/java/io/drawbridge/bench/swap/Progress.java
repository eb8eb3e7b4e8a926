package io.drawbridge.bench.swap;

import io.drawbridge.bench.BenchException;
import java.time.Duration;

/** How far the load is, for those who wait for it to get further. Thread-safe. */
final class Progress {

  private long replies;

  /** Called by the generator's thread. */
  synchronized void at(long newReplies) {
    if (newReplies != replies) {
      replies = newReplies;
      notifyAll();
    }
  }

  /** Waits until so many more requests have been answered. */
  synchronized void await(long more, Duration bound) throws InterruptedException {
    long wanted = replies + more;
    long end = System.nanoTime() + bound.toNanos();
    while (replies < wanted) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        throw new BenchException(
            "only " + (replies + more - wanted) + " of " + more + " replies came in " + bound);
      }
      wait(left);
    }
  }
}
