package io.drawbridge.bridge;

/** Bounds a rate: so many at once, so many a second on average. Not thread-safe. */
final class TokenBucket {

  private final double perMilli;
  private final double burst;
  private double tokens;
  private long filledAt;

  TokenBucket(double perSecond, int burst, long nowMillis) {
    this.perMilli = perSecond / 1000;
    this.burst = burst;
    this.tokens = burst;
    this.filledAt = nowMillis;
  }

  /** Takes one token, or leaves it when there is none. */
  boolean take(long nowMillis) {
    tokens = Math.min(burst, tokens + (nowMillis - filledAt) * perMilli);
    filledAt = nowMillis;
    if (tokens < 1) {
      return false;
    }
    tokens--;
    return true;
  }

  /** How long until there is a token again. */
  long retryAfterMillis() {
    return (long) Math.ceil((1 - tokens) / perMilli);
  }
}
