package io.drawbridge.bench.noise;

import java.util.Locale;

/** What a plugin may do to others, and how often it is asked to. */
public enum Noise {
  /** Each call holds its event loop for longer than it may. */
  BLOCKS(20, Noise.QUARANTINE),

  /** No call ever ends, so that what waits comes to its bound. */
  FILLS(1_000, Noise.REFUSAL),

  /** Each call publishes two thousand messages. */
  FLOODS(50, Noise.QUARANTINE),

  /** Each call takes a connection, begins a transaction and sits on it. */
  SITS(20, Noise.REFUSAL);

  private static final String REFUSAL = "\"type\":\"err\"";
  private static final String QUARANTINE = "\"failureCode\":4113";

  private final int perSecond;
  private final String containedBy;

  Noise(int perSecond, String containedBy) {
    this.perSecond = perSecond;
    this.containedBy = containedBy;
  }

  /** Whether an answer shows that the server has begun to contain it. */
  boolean contained(String answer) {
    return answer.contains(containedBy);
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
