package io.drawbridge.bench;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a run came to, as a table for people or as JSON; rows that were not asked for are left out.
 */
final class Report {

  @Nullable Sides<Rate> fanOut;
  @Nullable Sides<Rate> one;
  @Nullable Sides<Rate> request;
  @Nullable Sides<Footprint> idle;
  @Nullable Sides<StalledClient.Outcome> stalled;
  ProbationRow.@Nullable Figures probation;
  SavedRow.@Nullable Figures saved;
  final List<NoisyRow.Figures> noisy = new ArrayList<>();
  final List<SwapRow.Figures> swaps = new ArrayList<>();

  String table() {
    StringBuilder out = new StringBuilder();
    out.append(machine()).append('\n');
    if (fanOut != null || one != null || request != null) {
      line(out, "", "server", "per second", "CPU µs each", "p50 ms", "p99 ms", "per CPU second");
      rates(out, "fan-out, 16 out", fanOut);
      rates(out, "fan-out, one at a time", one);
      rates(out, "request-reply", request);
    }
    if (idle != null) {
      out.append('\n');
      line(out, "", "server", "RSS bytes each", "heap bytes each", "", "", "RSS");
      idle(out, "ours", idle.ours(), ratio(idle.stock().residentBytes(), idle.ours()));
      idle(out, "stock", idle.stock(), "");
    }
    if (stalled != null) {
      out.append('\n');
      line(
          out, "", "server", "kept MiB", "closed with", "p99 alone", "p99 beside", "RSS grown MiB");
      stalled(out, "ours", stalled.ours());
      stalled(out, "stock", stalled.stock());
    }
    if (!swaps.isEmpty()) {
      out.append('\n');
      line(out, "swaps", "", "per second", "p99 ms", "server", "generator", "late ms, p99");
      swaps.forEach(figures -> swap(out, figures));
    }
    if (probation != null) {
      out.append('\n');
      line(out, "probation", "", "requests/s", "failed", "seconds", "generator", "");
      probation(out, probation);
    }
    if (!noisy.isEmpty()) {
      out.append('\n');
      line(
          out,
          "beside a noisy plugin",
          "",
          "p99 ms before",
          "p99 ms until",
          "p99 ms",
          "s until",
          "");
      noisy.forEach(figures -> noisy(out, figures));
    }
    if (saved != null) {
      out.append('\n');
      line(out, "saved to served", "", "seconds", "compiling", "", "", "");
      line(
          out,
          "./run --dev",
          "",
          format("%.2f", saved.seconds()),
          format("%.2f", saved.compileSeconds()),
          "",
          "",
          "");
    }
    return out.toString();
  }

  private static void swap(StringBuilder out, SwapRow.Figures figures) {
    during(out, figures.kind(), "steady", figures.steady(), "");
    String ratio = format("  %.1f × steady", figures.ratio());
    during(out, "", "swaps", figures.swapping(), ratio);
  }

  private static void during(
      StringBuilder out, String row, String what, SwapRow.While during, String ratio) {
    line(
        out,
        row,
        what,
        format("%,.0f", during.replies()),
        format("%.2f", during.p99Millis()),
        format("%.2f CPU", during.serverCpu()),
        format("%.2f CPU", during.generatorCpu()),
        format("%.2f", during.lateMillis()) + ratio);
  }

  private static void probation(StringBuilder out, ProbationRow.Figures figures) {
    line(
        out,
        "one in five fails",
        "",
        format("%,d", ProbationRow.RATES.requests()),
        format("%,d", figures.failed()),
        format("%.2f", figures.seconds()),
        format("%.2f CPU", figures.generatorCpu()),
        "until rolled back");
  }

  private static void noisy(StringBuilder out, NoisyRow.Figures figures) {
    line(
        out,
        figures.noise(),
        "",
        format("%.2f", figures.beforeMillis()),
        format("%.2f", figures.untilMillis()),
        format("%.2f", figures.afterMillis()),
        format("%.2f", figures.seconds()),
        format("%.2f × before, generator %.2f CPU", figures.ratio(), figures.generatorCpu()));
  }

  private static void rates(StringBuilder out, String row, @Nullable Sides<Rate> sides) {
    if (sides == null) {
      return;
    }
    double ratio = sides.stock().cpuMicros() / sides.ours().cpuMicros();
    rate(out, row, "ours", sides.ours(), format("%.1f × stock", ratio));
    rate(out, "", "stock", sides.stock(), "");
  }

  private static void rate(StringBuilder out, String row, String server, Rate rate, String ratio) {
    line(
        out,
        row,
        server,
        format("%,.0f", rate.perSecond()),
        format("%.2f", rate.cpuMicros()),
        format("%.2f", rate.p50Millis()),
        format("%.2f", rate.p99Millis()),
        ratio);
  }

  private static void idle(StringBuilder out, String server, Footprint footprint, String ratio) {
    line(
        out,
        server.equals("ours") ? "idle connection" : "",
        server,
        format("%,.0f", footprint.residentBytes()),
        format("%,.0f", footprint.heapBytes()),
        "",
        "",
        ratio);
  }

  private static String ratio(double stock, Footprint ours) {
    return format("%.2f × stock", ours.residentBytes() / stock);
  }

  private static void stalled(StringBuilder out, String server, StalledClient.Outcome outcome) {
    line(
        out,
        server.equals("ours") ? "stalled client" : "",
        server,
        format("%.1f of %.0f", outcome.keptBytes() / MIB, outcome.publishedBytes() / MIB),
        outcome.closeCode() < 0 ? "stays open" : Integer.toString(outcome.closeCode()),
        format("%.2f", outcome.aloneP99Millis()),
        format("%.2f", outcome.besideP99Millis()),
        format("%.0f", outcome.grownBytes() / MIB));
  }

  private static final double MIB = 1024 * 1024;

  private static void line(StringBuilder out, String... cells) {
    out.append(format("%-23s %-6s %14s %15s %10s %10s  %s%n", (Object[]) cells));
  }

  static String machine() {
    return format(
        "%d processors, Java %s, both servers with %s",
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("java.version"),
        ServerProcess.jvmFlags());
  }

  JsonObject json() {
    return new JsonObject()
        .put("machine", machine())
        .put("fanOut", object(fanOut))
        .put("fanOutOneAtATime", object(one))
        .put("requestReply", object(request))
        .put("idle", object(idle))
        .put("stalled", object(stalled))
        .put("swaps", swapFigures())
        .put("probation", probation == null ? null : figures(probation))
        .put("noisy", new JsonArray(noisy.stream().map(Report::figures).toList()))
        .put("saved", saved == null ? null : figures(saved));
  }

  private @Nullable JsonArray swapFigures() {
    if (swaps.isEmpty()) {
      return null;
    }
    JsonArray array = new JsonArray();
    for (SwapRow.Figures each : swaps) {
      array.add(
          new JsonObject()
              .put("kind", each.kind())
              .put("steady", figures(each.steady()))
              .put("swapping", figures(each.swapping())));
    }
    return array;
  }

  private static @Nullable JsonObject object(@Nullable Sides<? extends Record> sides) {
    return sides == null
        ? null
        : new JsonObject().put("ours", figures(sides.ours())).put("stock", figures(sides.stock()));
  }

  private static JsonObject figures(Record figures) {
    JsonObject object = new JsonObject();
    for (var component : figures.getClass().getRecordComponents()) {
      try {
        object.put(component.getName(), component.getAccessor().invoke(figures));
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
    }
    return object;
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
