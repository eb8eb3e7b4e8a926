package io.drawbridge.pluginhost;

/**
 * What became of one plugin's calls, for the metrics.
 *
 * @param calls that have ended since the server started, over all versions
 * @param failures those that failed by the plugin's fault
 * @param refused those that a version did not finish before it was stopped
 * @param p99Nanos what the slowest hundredth of the running version's calls takes
 */
public record PluginFigures(
    String id, int generation, long calls, long failures, long refused, long p99Nanos) {}
