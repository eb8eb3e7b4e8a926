package io.drawbridge.bench.swap;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A kind of plugin that is swapped, and the load that it bears.
 *
 * @param name in one or two words
 * @param rates what is sent to it in a second
 * @param plugin makes a version of this kind of a plain one
 */
public record SwapKind(String name, SwapLoad.Rates rates, UnaryOperator<SwapPlugin> plugin) {

  private static final int VIRTUAL_THREADS_SINCE = 21;

  /** All kinds that this Java can run, the plain one first and under the heaviest load. */
  public static List<SwapKind> all() {
    List<SwapKind> kinds =
        List.of(
            new SwapKind("at once", rates(5_000), plugin -> plugin),
            new SwapKind("200 ms", rates(1_000), plugin -> plugin.doing("wait", 200)),
            new SwapKind(
                "worker 20 ms", rates(100), plugin -> plugin.on("worker", 8).doing("block", 20)),
            new SwapKind(
                "worker 200 ms", rates(20), plugin -> plugin.on("worker", 16).doing("block", 200)),
            new SwapKind("two instances", rates(2_000), plugin -> plugin.on("event-loop", 2)),
            new SwapKind("database", rates(500), plugin -> plugin.doing("query", 0)),
            new SwapKind(
                "virtual threads",
                rates(500),
                plugin -> plugin.on("virtual-thread", 1).doing("await", 20)));
    return Runtime.version().feature() < VIRTUAL_THREADS_SINCE
        ? kinds.subList(0, kinds.size() - 1)
        : kinds;
  }

  /** So many requests, and one-way messages and publishes in proportion. */
  private static SwapLoad.Rates rates(int requests) {
    return new SwapLoad.Rates(requests, requests * 2 / 5, requests / 5);
  }

  /** The same under a part of the load, but not under next to none. */
  public SwapKind under(double part) {
    return new SwapKind(name, rates(Math.max(10, (int) (rates.requests() * part))), plugin);
  }

  /** A version of this kind. */
  public SwapPlugin version(String version) {
    return plugin.apply(SwapPlugin.of(version));
  }

  @Override
  public String toString() {
    return name;
  }
}
