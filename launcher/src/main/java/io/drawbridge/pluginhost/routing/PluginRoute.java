package io.drawbridge.pluginhost.routing;

/**
 * The one reference that says where a plugin's calls go. Writing it moves all its addresses at
 * once: who calls after the write is served by the new generation, wherever it calls.
 */
public final class PluginRoute {

  private final String plugin;
  private volatile Split split = Split.NOBODY;

  /** A route that leads to nobody yet. */
  public PluginRoute(String plugin) {
    this.plugin = plugin;
  }

  String plugin() {
    return plugin;
  }

  /** Where calls go at the moment. */
  public Split split() {
    return split;
  }

  void point(Split next) {
    split = next;
  }
}
