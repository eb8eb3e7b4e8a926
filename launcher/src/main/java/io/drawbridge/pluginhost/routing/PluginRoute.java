package io.drawbridge.pluginhost.routing;

import java.util.concurrent.atomic.LongAdder;

/**
 * The one reference that says where a plugin's calls go. Writing it moves all its addresses at
 * once: who calls after the write is served by the new generation, wherever it calls.
 */
public final class PluginRoute {

  private final String plugin;
  private final CallFigures figures = new CallFigures();
  private final LongAdder refused = new LongAdder();
  private volatile Split split = Split.NOBODY;

  /** A route that leads to nobody yet. */
  public PluginRoute(String plugin) {
    this.plugin = plugin;
  }

  String plugin() {
    return plugin;
  }

  /** What became of the calls of all generations. */
  public CallFigures figures() {
    return figures;
  }

  /** Calls that a generation had taken and did not finish before it was stopped. */
  public long refused() {
    return refused.sum();
  }

  void refused(int calls) {
    refused.add(calls);
  }

  /** Counts a call that has ended. */
  void ended(Target target, boolean failed, long nanos) {
    figures.ended(failed, nanos);
    target.figures().ended(failed, nanos);
  }

  /** Where calls go at the moment. */
  public Split split() {
    return split;
  }

  void point(Split next) {
    split = next;
  }
}
