package io.drawbridge.pluginhost;

/**
 * What became of one plugin's calls, for the metrics.
 *
 * @param calls that have ended since the server started, over all versions
 * @param failures those that failed by the plugin's fault
 * @param refused those that a version did not finish before it was stopped
 * @param leaked versions that have ended and are still in memory
 * @param p99Nanos what the slowest hundredth of the running version's calls takes
 */
public record PluginFigures(
    String id,
    int generation,
    long calls,
    long failures,
    long refused,
    int leaked,
    long p99Nanos) {}
