package io.drawbridge.bench;

import org.HdrHistogram.Histogram;

/**
 * What one measurement of deliveries or requests came to.
 *
 * @param perSecond how many in a second
 * @param cpuMicros the server process's CPU time for each
 * @param p50Millis half of them took no longer
 * @param p99Millis 99 of 100 took no longer
 */
record Rate(double perSecond, double cpuMicros, double p50Millis, double p99Millis) {

  static Rate of(long count, long nanos, long cpuMicros, Histogram latencyNanos) {
    return new Rate(
        count * 1e9 / nanos,
        (double) cpuMicros / count,
        latencyNanos.getValueAtPercentile(50) / 1e6,
        latencyNanos.getValueAtPercentile(99) / 1e6);
  }
}
