package io.drawbridge.bench;

import io.drawbridge.bench.noise.Noise;
import io.drawbridge.bench.swap.SwapKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Starts our server and a stock bridge side by side, puts both under the same loads, compares. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = "Compares our server with a stock Vert.x bridge, side by side in one run.")
public final class Bench implements Callable<Integer> {

  private static final int BODY_BYTES = 100;
  private static final int FAN_OUT_CLIENTS = 1_000;
  private static final int REQUEST_CLIENTS = 64;
  private static final int IDLE_CONNECTIONS = 2_000;
  private static final Duration WARM_UP = Duration.ofSeconds(2);

  /** The rows of the table. */
  enum Row {
    FANOUT,
    ONE,
    REQUEST,
    STALLED,
    IDLE,
    SWAP,
    PROBATION,
    NOISY,
    SAVED
  }

  @Option(
      names = "--only",
      split = ",",
      description = "Rows to measure, of ${COMPLETION-CANDIDATES}; the first five by default.")
  private Set<Row> only = EnumSet.range(Row.FANOUT, Row.IDLE);

  @Option(
      names = "--seconds",
      defaultValue = "3",
      description = "Seconds that a round measures; ${DEFAULT-VALUE} by default.")
  private int seconds;

  @Option(names = "--json", description = "Print JSON instead of the table.")
  private boolean json;

  @Option(
      names = "--home",
      defaultValue = "${sys:drawbridge.home:-launcher/target/drawbridge}",
      description = "Our assembled server; ${DEFAULT-VALUE} by default.")
  private Path home = Path.of("");

  /** Exit codes: 0 measured, 1 a check failed, 2 bad usage. */
  public static void main(String[] arguments) {
    System.exit(
        new CommandLine(new Bench())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setExecutionExceptionHandler(Bench::failed)
            .execute(arguments));
  }

  private static int failed(
      Exception failure, CommandLine command, CommandLine.ParseResult arguments) throws Exception {
    if (failure instanceof BenchException) {
      command.getErr().println("bench: " + failure.getMessage());
      return 1;
    }
    throw failure;
  }

  @Override
  public Integer call() throws Exception {
    Path temporary = Files.createTempDirectory("drawbridge-bench");
    try {
      Report report = measure(new Servers(home, temporary));
      System.out.println(json ? report.json().encodePrettily() : report.table());
      return 0;
    } finally {
      TemporaryFiles.delete(temporary);
    }
  }

  private Report measure(Servers servers) throws Exception {
    Report report = new Report();
    if (!EnumSet.range(Row.IDLE, Row.SAVED).containsAll(only)) {
      sideBySide(report, servers);
    }
    // After the others have ended, and on servers that are started anew: it is about their memory.
    if (only.contains(Row.IDLE)) {
      report.idle = idle(servers);
    }
    if (only.contains(Row.SWAP)) {
      for (SwapKind kind : SwapKind.all()) {
        report.swaps.add(SwapRow.measure(servers, kind));
      }
    }
    if (only.contains(Row.PROBATION)) {
      report.probation = ProbationRow.measure(servers);
    }
    if (only.contains(Row.NOISY)) {
      for (Noise noise : Noise.values()) {
        report.noisy.add(NoisyRow.measure(servers, noise));
      }
    }
    if (only.contains(Row.SAVED)) {
      report.saved = SavedRow.measure(servers);
    }
    return report;
  }

  private void sideBySide(Report report, Servers servers) throws Exception {
    try (Pair pair = new Pair(servers)) {
      for (Row row : only) {
        switch (row) {
          case FANOUT ->
              report.fanOut = rate(pair, "fan-out, 16 out", server -> fanOut(server, 16));
          case ONE -> report.one = rate(pair, "fan-out, 1 out", server -> fanOut(server, 1));
          case REQUEST -> report.request = rate(pair, "request-reply", this::requestReply);
          case STALLED -> report.stalled = pair.once("stalled client", StalledClient::measure);
          default -> {}
        }
      }
    }
  }

  private static Sides<Rate> rate(Pair pair, String row, Pair.Measure<Rate> measure)
      throws Exception {
    return pair.median(row, measure, Comparator.comparingDouble(Rate::cpuMicros));
  }

  private Rate fanOut(ServerProcess server, int window) throws IOException {
    try (FanOut load =
        new FanOut(server.port(), server.figures(), FAN_OUT_CLIENTS, window, BODY_BYTES)) {
      load.warmUp(WARM_UP);
      return load.measure(Duration.ofSeconds(seconds));
    }
  }

  private Rate requestReply(ServerProcess server) throws IOException {
    try (RequestReply load =
        new RequestReply(server.port(), server.figures(), REQUEST_CLIENTS, BODY_BYTES)) {
      load.warmUp(WARM_UP);
      return load.measure(Duration.ofSeconds(seconds));
    }
  }

  private static Sides<Footprint> idle(Servers servers) throws Exception {
    return Pair.freshMedian(
        servers,
        "idle connections",
        server -> IdleConnections.measure(server, IDLE_CONNECTIONS),
        Comparator.comparingDouble(Footprint::residentBytes));
  }
}
