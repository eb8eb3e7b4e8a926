package io.drawbridge.bench.noise;

import java.util.Locale;

/** What a plugin may do to others, and how often it is asked to. */
public enum Noise {
  /** Each call holds its event loop for longer than it may. */
  BLOCKS(20),

  /** No call ever ends, so that what waits comes to its bound. */
  FILLS(1_000),

  /** Each call publishes two thousand messages. */
  FLOODS(50),

  /** Each call takes a connection, begins a transaction and sits on it. */
  SITS(20);

  private final int perSecond;

  Noise(int perSecond) {
    this.perSecond = perSecond;
  }

  /** How many calls a second are made. */
  public int perSecond() {
    return perSecond;
  }

  /** Whether it is about the database. */
  public boolean needsDatabase() {
    return this == SITS;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
