package io.drawbridge.chat;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Remembers that something has just failed, so that not everybody waits for it to fail again. After
 * the pause one may try; the others go on without until that one has ended. For one event loop.
 */
final class Circuit {

  private final long pauseNanos;
  private final LongSupplier clock;
  private boolean open;
  private boolean trying;
  private long openedAt;

  Circuit(Duration pause, LongSupplier clock) {
    this.pauseNanos = pause.toNanos();
    this.clock = clock;
  }

  /** Whether to try; who is let through must tell how it ended. */
  boolean lets() {
    if (!open) {
      return true;
    }
    if (trying || clock.getAsLong() - openedAt < pauseNanos) {
      return false;
    }
    trying = true;
    return true;
  }

  void succeeded() {
    open = false;
    trying = false;
  }

  void failed() {
    open = true;
    trying = false;
    openedAt = clock.getAsLong();
  }
}
