package io.drawbridge.config;

/**
 * How a version that has taken over is watched; one that does worse is rolled back by itself.
 *
 * @param seconds how long; 0 watches none
 * @param calls how many calls must have ended before anything is judged
 * @param errorShare the share of calls, from 0 to 1, that may fail beyond the share of the version
 *     before
 * @param p99Factor how many times the version before it the slowest hundredth may take
 * @param p99FloorMillis what is faster than this is never too slow, in milliseconds
 */
public record ProbationConfig(
    int seconds, int calls, double errorShare, double p99Factor, int p99FloorMillis) {

  public ProbationConfig {
    new Checks("/plugins/probation")
        .bounds("seconds", seconds)
        .bounds("calls", calls)
        .bounds("errorShare", errorShare)
        .bounds("p99Factor", p99Factor)
        .bounds("p99FloorMillis", p99FloorMillis)
        .done();
  }
}
