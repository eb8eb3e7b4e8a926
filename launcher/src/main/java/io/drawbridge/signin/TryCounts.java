package io.drawbridge.signin;

import java.security.SecureRandom;
import java.time.Clock;

/**
 * Counts tries per key and minute in a table that never grows. Two keys may share a counter, which
 * only makes the bound stricter; which two is random at each start. Used on any thread.
 */
final class TryCounts {

  private static final int COUNTERS = 1 << 14;
  private static final int MINUTE = 60;

  private final int perMinute;
  private final Clock clock;
  private final int salt = new SecureRandom().nextInt();
  private final int[] counts = new int[COUNTERS];
  private long minute;

  TryCounts(int perMinute, Clock clock) {
    this.perMinute = perMinute;
    this.clock = clock;
  }

  /**
   * Counts a try.
   *
   * @return 0 if it may go on, else the seconds to wait
   */
  synchronized int count(String key) {
    long second = clock.millis() / 1000;
    if (second / MINUTE != minute) {
      minute = second / MINUTE;
      java.util.Arrays.fill(counts, 0);
    }
    int place = place(key);
    if (counts[place] >= perMinute) {
      return (int) (MINUTE - second % MINUTE);
    }
    counts[place]++;
    return 0;
  }

  /** A try that turned out to be none: whoever knows the password guesses nothing. */
  synchronized void giveBack(String key) {
    int place = place(key);
    if (counts[place] > 0) {
      counts[place]--;
    }
  }

  /** String.hashCode alone would let somebody choose a key that shares another's counter. */
  private int place(String key) {
    int hash = salt;
    for (int i = 0; i < key.length(); i++) {
      hash = (hash ^ key.charAt(i)) * 0x01000193;
      hash ^= hash >>> 15;
    }
    hash *= 0x85ebca6b;
    return (hash ^ hash >>> 16) & COUNTERS - 1;
  }
}
