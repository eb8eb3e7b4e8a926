package io.drawbridge.database;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits on a blocking thread for what nobody reports. */
final class Waiting {

  private static final int PAUSE_MILLIS = 20;

  private Waiting() {}

  /** Whether the condition came true within the bound. */
  static boolean until(Duration bound, BooleanSupplier condition) {
    long end = System.nanoTime() + bound.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        return false;
      }
      try {
        Thread.sleep(PAUSE_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new DatabaseException("interrupted while waiting for PostgreSQL", e);
      }
    }
    return true;
  }
}
