package io.drawbridge.pluginhost;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of one plugin, for the listing.
 *
 * @param id the descriptor's id; the file's name where no descriptor could be read
 * @param version the descriptor's version; null where no descriptor could be read
 * @param sha256 of what runs; null where nothing could be read
 * @param generation which running version since the server started, from 1; 0 if none ever ran
 * @param addresses the addresses that it serves, sorted
 * @param hotSwap whether the host owns its addresses, so that a swap loses nothing; false for a
 *     plain verticle with consumers of its own
 * @param previous the version that a rollback goes to; null if there is none
 * @param canary the version that is being tried, and on how many percent; null if none is
 * @param error why it does not run, or why the last change of it did not come about, and what to
 *     do, in one line; null if all went well
 * @param leaked earlier versions that have ended and are still in memory; the log names what holds
 *     them
 * @param trial how far the probation of the newest version has come; null if none is on it
 */
public record PluginStatus(
    String id,
    @Nullable String version,
    @Nullable String sha256,
    PluginState state,
    int generation,
    List<String> addresses,
    boolean hotSwap,
    @Nullable String previous,
    @Nullable Canary canary,
    @Nullable String error,
    int leaked,
    @Nullable Trial trial) {

  /**
   * A version on probation.
   *
   * @param calls that have ended
   * @param needed so many must have, before it is judged
   */
  public record Trial(long calls, int needed, long secondsLeft) {}

  /** A version that serves a share of the subjects. */
  public record Canary(String version, int percent) {}

  public PluginStatus {
    addresses = List.copyOf(addresses);
  }

  /** What never ran, and why. */
  static PluginStatus failed(String id, @Nullable String version, String error) {
    return new PluginStatus(
        id, version, null, PluginState.FAILED, 0, List.of(), true, null, null, error, 0, null);
  }

  /** What was told to rest. */
  static PluginStatus stopped(String id, @Nullable String version, @Nullable String previous) {
    return new PluginStatus(
        id, version, null, PluginState.STOPPED, 0, List.of(), true, previous, null, null, 0, null);
  }

  /** What is about to run for the first time. */
  static PluginStatus starting(ReadPlugin plugin) {
    return new PluginStatus(
        plugin.id(),
        plugin.descriptor().version(),
        plugin.archive().sha256(),
        PluginState.STARTING,
        0,
        plugin.addresses(),
        true,
        null,
        null,
        null,
        0,
        null);
  }

  /** The same after a change that did not come about. */
  PluginStatus because(String reason) {
    return copy(reason, leaked, trial);
  }

  PluginStatus at(int leaking, @Nullable Trial onTrial) {
    return copy(error, leaking, onTrial);
  }

  private PluginStatus copy(@Nullable String error, int leaked, @Nullable Trial trial) {
    return new PluginStatus(
        id,
        version,
        sha256,
        state,
        generation,
        addresses,
        hotSwap,
        previous,
        canary,
        error,
        leaked,
        trial);
  }
}
