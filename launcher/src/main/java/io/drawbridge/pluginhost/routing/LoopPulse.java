package io.drawbridge.pluginhost.routing;

import org.jspecify.annotations.Nullable;

/**
 * Whether one event loop gets on, and what the host last let a plugin begin there. The loop writes,
 * any thread may read.
 */
public final class LoopPulse {

  private volatile @Nullable String inside;
  private volatile long movedAt = System.nanoTime();

  /** A plugin begins something, on the loop's thread: its handler of an address, or a timer. */
  public void enter(String what) {
    movedAt = System.nanoTime();
    inside = what;
  }

  /** It has returned. */
  public void leave() {
    movedAt = System.nanoTime();
    inside = null;
  }

  /** The loop had time for something else. */
  public void beat() {
    movedAt = System.nanoTime();
  }

  /**
   * What a plugin is inside; null if it began nothing that the host knows of. To be asked before
   * {@link #movedAt}: then nothing ever looks held for longer than it is.
   */
  public @Nullable String inside() {
    return inside;
  }

  /** When the loop last got on. */
  public long movedAt() {
    return movedAt;
  }
}
