package io.drawbridge.bench;

import io.drawbridge.bench.swap.Deployer;
import io.drawbridge.bench.swap.SwapKind;
import io.drawbridge.bench.swap.SwapLoad;
import io.drawbridge.bench.swap.SwapOutcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * What clients notice of swaps: under a load that never pauses, a while without swaps and a while
 * with them, in turn. Every message is accounted for at the end.
 */
final class SwapRow {

  private static final int PAIRS = 5;
  private static final int SWAPS = 20;
  private static final int SWAPS_TO_WARM_UP = 20;
  private static final int SENDERS = 32;
  private static final int LISTENERS = 2;

  /** With room for what slow plugins let pile up. */
  private static final String ROOM = "\"inFlight\": 4096, \"queue\": 100000, \"workers\": 32";

  private static final Duration BETWEEN = Duration.ofSeconds(1);

  private final SwapKind kind;
  private final ProcessFigures server;
  private final ProcessFigures generator = new ProcessFigures(ProcessHandle.current().pid());
  private final Deployer deployer;
  private final List<Path> jars;
  private int swaps;

  private SwapRow(SwapKind kind, ServerProcess server, Deployer deployer, List<Path> jars) {
    this.kind = kind;
    this.server = server.figures();
    this.deployer = deployer;
    this.jars = jars;
  }

  /**
   * One while under load.
   *
   * @param replies how many a second
   * @param p50Millis of requests
   * @param p99Millis of requests
   * @param serverCpu processors that the server kept busy
   * @param generatorCpu processors that the load generator kept busy
   * @param lateMillis by how much the generator was late, 99 of 100 times at most
   */
  record While(
      double replies,
      double p50Millis,
      double p99Millis,
      double serverCpu,
      double generatorCpu,
      double lateMillis) {}

  /** The same load without swaps and with them. */
  record Figures(String kind, While steady, While swapping) {

    /** How many times as long the slowest hundredth takes during swaps. */
    double ratio() {
      return swapping.p99Millis / steady.p99Millis;
    }
  }

  /** Starts a server with this kind of plugin, measures, and gives the pair in the middle. */
  static Figures measure(Servers servers, SwapKind kind) throws IOException, InterruptedException {
    Servers.Host host = servers.host(ROOM);
    try (host) {
      List<Path> jars =
          List.of(
              kind.version("1.0.0").writeTo(host.folder().resolve("1.0.0.jar")),
              kind.version("1.1.0").writeTo(host.folder().resolve("1.1.0.jar")));
      SwapRow row = new SwapRow(kind, host.server(), host.deployer(), jars);
      row.swap();
      try (SwapLoad load = SwapLoad.start(host.server().port(), SENDERS, LISTENERS, kind.rates())) {
        List<Figures> pairs = row.pairs(load);
        check(kind, load.finish());
        pairs.sort(Comparator.comparingDouble(Figures::ratio));
        return pairs.get(PAIRS / 2);
      }
    }
  }

  private List<Figures> pairs(SwapLoad load) throws IOException, InterruptedException {
    during(load, SWAPS_TO_WARM_UP, true);
    List<Figures> pairs = new ArrayList<>();
    for (int i = 0; i < PAIRS; i++) {
      Figures pair =
          new Figures(kind.name(), during(load, SWAPS, false), during(load, SWAPS, true));
      System.err.println("  swap, " + pair);
      pairs.add(pair);
    }
    return pairs;
  }

  /** One while: as long as so many swaps take, whether they happen or not. */
  private While during(SwapLoad load, int count, boolean swapping)
      throws IOException, InterruptedException {
    load.latencies();
    load.lateness();
    long serverCpu = server.cpuMicros();
    long generatorCpu = generator.cpuMicros();
    long began = System.nanoTime();
    for (int i = 1; i <= count; i++) {
      if (swapping) {
        swap();
      }
      pauseUntil(began + i * BETWEEN.toNanos());
    }
    var latencies = load.latencies();
    double micros = (System.nanoTime() - began) / 1e3;
    return new While(
        latencies.getTotalCount() * 1e6 / micros,
        latencies.getValueAtPercentile(50) / 1e6,
        latencies.getValueAtPercentile(99) / 1e6,
        (server.cpuMicros() - serverCpu) / micros,
        (generator.cpuMicros() - generatorCpu) / micros,
        load.lateness().getValueAtPercentile(99) / 1e6);
  }

  private void swap() throws IOException, InterruptedException {
    Deployer.Answer answer = deployer.deploy(jars.get(swaps++ % jars.size()));
    if (answer.status() != 200) {
      throw new BenchException("a swap was refused: " + answer.body());
    }
  }

  private static void pauseUntil(long nanos) {
    for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  private static void check(SwapKind kind, SwapOutcome outcome) {
    if (!outcome.told().isEmpty()) {
      throw new BenchException(kind + ": " + outcome);
    }
    System.err.println("  swap, " + kind + ", every message accounted for: " + outcome);
  }
}
