package io.drawbridge.ops;

import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.concurrent.atomic.LongAdder;

/** How long clients take to answer a ping, as a Prometheus histogram over the bridge's own sums. */
final class PingHistogram implements Collector {

  private static final double MILLIS = 1_000;

  private final BridgeMetrics bridge;

  PingHistogram(BridgeMetrics bridge) {
    this.bridge = bridge;
  }

  @Override
  public MetricSnapshot collect() {
    double[] bounds = new double[bridge.pings.length];
    long[] counts = new long[bridge.pings.length];
    for (int i = 0; i < bounds.length; i++) {
      boolean last = i == BridgeMetrics.PING_BOUNDS.length;
      bounds[i] = last ? Double.POSITIVE_INFINITY : BridgeMetrics.PING_BOUNDS[i] / MILLIS;
      LongAdder bucket = bridge.pings[i];
      counts[i] = bucket.sum();
    }
    return HistogramSnapshot.builder()
        .name("drawbridge_ping_seconds")
        .help("How long clients take to answer a ping")
        .dataPoint(
            HistogramDataPointSnapshot.builder()
                .classicHistogramBuckets(ClassicHistogramBuckets.of(bounds, counts))
                .sum(bridge.pingMillis.sum() / MILLIS)
                .build())
        .build();
  }
}
