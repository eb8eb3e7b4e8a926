package io.drawbridge.bench;

import io.drawbridge.bench.noise.Noise;
import io.drawbridge.bench.noise.NoiseMaker;
import io.drawbridge.bench.noise.NoisyPlugin;
import io.drawbridge.bench.swap.Deployer;
import io.drawbridge.bench.swap.SwapLoad;
import io.drawbridge.bench.swap.SwapOutcome;
import io.drawbridge.bench.swap.SwapPlugin;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * What the callers of a quiet plugin notice of a noisy one beside it: before, until the server
 * refuses the noisy one's calls, and from then on, while the noise goes on.
 */
final class NoisyRow {

  private static final int ROUNDS = 5;
  private static final int SENDERS = 16;
  private static final SwapLoad.Rates RATES = new SwapLoad.Rates(500, 0, 0);
  private static final Duration WHILE = Duration.ofSeconds(8);
  private static final Duration BOUND = Duration.ofSeconds(60);

  private final ServerProcess server;
  private final Deployer deployer;
  private final ProcessFigures generator = new ProcessFigures(ProcessHandle.current().pid());
  private final Noise noise;
  private final Path noisy;

  private NoisyRow(Servers.Host host, Noise noise) throws IOException {
    this.server = host.server();
    this.deployer = host.deployer();
    this.noise = noise;
    this.noisy = NoisyPlugin.writeTo(host.folder().resolve("noisy.jar"), noise);
  }

  /**
   * One round.
   *
   * @param beforeMillis p99 of the quiet one alone
   * @param untilMillis p99 until the first refusal
   * @param afterMillis p99 from then on
   * @param seconds from the first call until the first refusal
   * @param generatorCpu processors that the load generator kept busy
   */
  record Figures(
      String noise,
      double beforeMillis,
      double untilMillis,
      double afterMillis,
      double seconds,
      double generatorCpu) {

    /** How many times as long the slowest hundredth takes once the noise is contained. */
    double ratio() {
      return afterMillis / beforeMillis;
    }
  }

  /** Starts a server with default settings, and gives the round in the middle. */
  static Figures measure(Servers servers, Noise noise) throws IOException, InterruptedException {
    try (Servers.Host host = servers.host("")) {
      NoisyRow row = new NoisyRow(host, noise);
      SwapPlugin quiet = SwapPlugin.of("1.0.0");
      row.deploy(
          (noise.needsDatabase() ? quiet.doing("query", 0) : quiet)
              .writeTo(host.folder().resolve("quiet.jar")));
      List<Figures> rounds = new ArrayList<>();
      try (SwapLoad load = SwapLoad.start(host.server().port(), SENDERS, 0, RATES)) {
        LockSupport.parkNanos(WHILE.toNanos());
        for (int i = 0; i < ROUNDS; i++) {
          Figures round = row.round(load);
          System.err.println("  noisy, " + round);
          rounds.add(round);
        }
        check(noise, load.finish());
      }
      rounds.sort(Comparator.comparingDouble(Figures::ratio));
      return rounds.get(ROUNDS / 2);
    }
  }

  private Figures round(SwapLoad load) throws IOException, InterruptedException {
    deploy(noisy);
    long cpu = generator.cpuMicros();
    long began = System.nanoTime();
    double before = during(load, WHILE);
    try (NoiseMaker maker = NoiseMaker.start(server.port(), noise)) {
      load.latencies();
      double seconds = maker.awaitContainment(BOUND);
      double until = load.latencies().getValueAtPercentile(99) / 1e6;
      double after = during(load, WHILE);
      double busy = (generator.cpuMicros() - cpu) * 1e3 / (System.nanoTime() - began);
      return new Figures(noise.toString(), before, until, after, seconds, busy);
    } finally {
      deployer.undeploy(NoisyPlugin.ID);
    }
  }

  /** Whatever the noise, the quiet one owes each of its callers one answer. */
  static void check(Noise noise, SwapOutcome outcome) {
    if (!outcome.told().isEmpty()) {
      throw new BenchException("beside one that " + noise + ": " + outcome);
    }
  }

  private static double during(SwapLoad load, Duration time) {
    load.latencies();
    long end = System.nanoTime() + time.toNanos();
    for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
    return load.latencies().getValueAtPercentile(99) / 1e6;
  }

  private void deploy(Path jar) throws IOException, InterruptedException {
    Deployer.Answer answer = deployer.deploy(jar);
    if (answer.status() != 200) {
      throw new BenchException("a plugin was refused: " + answer.body());
    }
  }
}
