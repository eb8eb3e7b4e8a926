package io.drawbridge.http;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Looks after everything on one event loop that may run out of time: one timer for all, where a
 * timer per socket would cost memory and wake-ups for times that hardly ever run out. Deadlines are
 * therefore kept to within {@link #PERIOD_MILLIS}. Not thread-safe.
 */
public final class Sweeper {

  /** How often everything is looked at. */
  public static final long PERIOD_MILLIS = 250;

  /** Something with deadlines. */
  @FunctionalInterface
  public interface Swept {
    /**
     * Checks the deadlines.
     *
     * @param now {@link #now()}
     * @return whether to come again
     */
    boolean sweep(long now);
  }

  private final List<Swept> all = new ArrayList<>();

  /** Milliseconds that only ever rise; their zero means nothing. */
  public static long now() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
  }

  /** Takes something in until it says that it has ended. */
  public void add(Swept swept) {
    all.add(swept);
  }

  /** Looks at everything once. */
  public void sweep() {
    long now = now();
    int i = 0;
    while (i < all.size()) {
      if (all.get(i).sweep(now)) {
        i++;
      } else {
        Swept last = all.remove(all.size() - 1);
        if (i < all.size()) {
          all.set(i, last);
        }
      }
    }
  }
}
