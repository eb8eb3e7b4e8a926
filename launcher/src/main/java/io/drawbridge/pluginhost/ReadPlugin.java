package io.drawbridge.pluginhost;

import io.drawbridge.pluginhost.contract.BreakingChange;
import io.drawbridge.pluginhost.contract.PluginDescriptor;
import io.drawbridge.pluginhost.contract.PluginDescriptor.Address;
import io.drawbridge.pluginhost.contract.PluginException;
import io.drawbridge.pluginhost.contract.SchemaChanges;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

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

  /**
   * Sees to it that clients of the version that runs can go on with this one.
   *
   * @throws PluginException that names every change that would break them
   */
  void checkClients(String file, PluginDescriptor running) {
    List<BreakingChange> breaking = SchemaChanges.breaking(running, descriptor);
    if (!breaking.isEmpty()) {
      throw new PluginException(
          file,
          "",
          "would break clients of "
              + running.version()
              + ": "
              + breaking.stream().map(BreakingChange::line).collect(Collectors.joining("; ")),
          "Or deploy it with --force");
    }
  }
}
