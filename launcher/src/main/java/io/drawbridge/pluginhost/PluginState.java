package io.drawbridge.pluginhost;

/** Where a plugin stands in its life. */
public enum PluginState {
  STARTING,
  RUNNING,
  /** It did not start; its status says why. */
  FAILED,
  /** It was told to rest, or the server stops. */
  STOPPED,
  /** It hurt others: its calls are refused until somebody lifts that or deploys another version. */
  QUARANTINED
}
