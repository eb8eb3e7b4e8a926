package io.drawbridge.bench.swap;

/** So many a second, evenly, whatever becomes of them: says how many are due by now. */
final class Pace {

  /** So that after a pause of the generator answers are read between what has to be made up for. */
  private static final int MOST_AT_ONCE = 200;

  private final double perNano;
  private final long began;
  private long issued;

  Pace(int perSecond, long began) {
    this.perNano = perSecond / 1e9;
    this.began = began;
  }

  /** How many are due that have not been issued; they count as issued from now on. */
  int take(long now) {
    long due = (long) ((now - began) * perNano) - issued;
    int taken = (int) Math.max(0, Math.min(MOST_AT_ONCE, due));
    issued += taken;
    return taken;
  }

  /** By how many nanoseconds the next one is late. */
  long lateness(long now) {
    return Math.max(0, now - began - (long) ((issued + 1) / perNano));
  }
}
