package io.drawbridge.pluginhost;

/** Where a plugin stands in its life. */
public enum PluginState {
  STARTING,
  RUNNING,
  /** It did not start; its status says why. */
  FAILED,
  STOPPED
}
