package io.drawbridge.pluginhost;

import io.drawbridge.pluginhost.contract.PluginDescriptor;
import io.drawbridge.pluginhost.contract.PluginDescriptor.Address;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A plugin that has been read and found fit to start.
 *
 * @param settings checked, with defaults
 */
record ReadPlugin(PluginArchive archive, PluginDescriptor descriptor, JsonObject settings) {

  String id() {
    return descriptor.id();
  }

  List<String> addresses() {
    return descriptor.served().stream().map(Address::address).sorted().toList();
  }

  /** What the plugin offers to browsers; an empty authority opens nothing. */
  Map<String, String> authorityByAddress() {
    var offers = new HashMap<String, String>();
    for (Address address : descriptor.served()) {
      String authority = address.authority();
      offers.put(address.address(), authority == null ? "" : authority);
    }
    return offers;
  }

  PluginStatus status(PluginState state, int generation, @Nullable String error) {
    return new PluginStatus(
        id(), descriptor.version(), state, generation, addresses(), null, error);
  }
}
