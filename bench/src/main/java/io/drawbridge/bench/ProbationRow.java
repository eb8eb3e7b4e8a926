package io.drawbridge.bench;

import io.drawbridge.bench.swap.Deployer;
import io.drawbridge.bench.swap.SwapLoad;
import io.drawbridge.bench.swap.SwapOutcome;
import io.drawbridge.bench.swap.SwapPlugin;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** What a version that fails one request in five costs clients, until probation takes it back. */
final class ProbationRow {

  /** What clients send meanwhile. */
  static final SwapLoad.Rates RATES = new SwapLoad.Rates(1_000, 0, 0);

  private static final int RUNS = 5;
  private static final int SENDERS = 32;
  private static final int REPLIES_BEFORE = 3_000;
  private static final Duration BOUND = Duration.ofSeconds(60);
  private static final Duration BETWEEN = Duration.ofMillis(10);

  private final ServerProcess server;
  private final ProcessFigures generator = new ProcessFigures(ProcessHandle.current().pid());
  private final Deployer deployer;
  private final Path good;
  private final Path bad;

  private ProbationRow(Servers.Host host) throws IOException {
    server = host.server();
    deployer = host.deployer();
    good = SwapPlugin.of("1.0.0").writeTo(host.folder().resolve("good.jar"));
    bad = SwapPlugin.of("1.1.0").doing("fail-fifth", 0).writeTo(host.folder().resolve("bad.jar"));
  }

  /**
   * One version that was taken back.
   *
   * @param failed requests that it failed
   * @param seconds from the swap until the version before served again
   * @param generatorCpu processors that the load generator kept busy
   */
  record Figures(long failed, double seconds, double generatorCpu) {}

  /** Starts a server with default settings, and gives the run in the middle by failed requests. */
  static Figures measure(Servers servers) throws IOException, InterruptedException {
    Servers.Host host = servers.host("");
    try (host) {
      ProbationRow row = new ProbationRow(host);
      row.deploy(row.good);
      List<Figures> runs = new ArrayList<>();
      for (int i = 0; i < RUNS; i++) {
        Figures run = row.run();
        System.err.println("  probation, " + run);
        runs.add(run);
      }
      runs.sort(Comparator.comparingLong(Figures::failed));
      return runs.get(RUNS / 2);
    }
  }

  private Figures run() throws IOException, InterruptedException {
    try (SwapLoad load = SwapLoad.start(server.port(), SENDERS, 0, RATES)) {
      load.awaitReplies(REPLIES_BEFORE);
      long generatorCpu = generator.cpuMicros();
      long sent = System.nanoTime();
      deploy(bad);
      long swapped = System.nanoTime();
      awaitRolledBack();
      long ended = System.nanoTime();
      double busy = (generator.cpuMicros() - generatorCpu) * 1e3 / (ended - sent);
      // The version before has to serve, not only to be listed.
      load.awaitReplies(REPLIES_BEFORE / 3);
      return new Figures(failed(load.finish()), (ended - swapped) / 1e9, busy);
    }
  }

  /** How many failed, where nothing else went wrong. */
  static long failed(SwapOutcome outcome) {
    if (outcome.lost() + outcome.doubled() + outcome.disordered() > 0 || outcome.failed() == 0) {
      throw new BenchException("probation: " + outcome);
    }
    return outcome.failed();
  }

  private void awaitRolledBack() throws IOException, InterruptedException {
    long end = System.nanoTime() + BOUND.toNanos();
    while (!deployer.plugins().stream().allMatch(ProbationRow::rolledBack)) {
      if (System.nanoTime() > end) {
        throw new BenchException("the failing version was not taken back in " + BOUND);
      }
      LockSupport.parkNanos(BETWEEN.toNanos());
    }
  }

  private static boolean rolledBack(JsonObject plugin) {
    return "1.0.0".equals(plugin.getString("version"))
        && String.valueOf(plugin.getString("error")).contains("probation");
  }

  private void deploy(Path jar) throws IOException, InterruptedException {
    Deployer.Answer answer = deployer.deploy(jar);
    if (answer.status() != 200) {
      throw new BenchException("a version was refused: " + answer.body());
    }
  }
}
