package io.drawbridge.pluginhost;

import io.drawbridge.pluginhost.contract.PluginDescriptor;
import io.drawbridge.pluginhost.contract.PluginDescriptor.Address;
import io.drawbridge.pluginhost.contract.PluginException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which plugin serves which address: one each. Thread-safe. */
final class AddressClaims {

  private final Map<String, String> pluginByAddress = new HashMap<>();

  /**
   * Takes the addresses of a version that is to run, beside those that the plugin has.
   *
   * @throws PluginException if another plugin serves one
   */
  synchronized void claim(String file, PluginDescriptor descriptor) {
    for (Address address : descriptor.served()) {
      String other = pluginByAddress.getOrDefault(address.address(), descriptor.id());
      if (!other.equals(descriptor.id())) {
        throw new PluginException(
            file,
            "/addresses",
            address.address() + " is served by plugin " + other,
            "Rename it, or remove one of the two plugins");
      }
    }
    descriptor.served().forEach(a -> pluginByAddress.put(a.address(), descriptor.id()));
  }

  /** Leaves a plugin those addresses that the versions in service have. */
  synchronized void keep(String id, List<PluginDescriptor> inService) {
    Set<String> kept = new HashSet<>();
    inService.forEach(each -> each.served().forEach(address -> kept.add(address.address())));
    pluginByAddress
        .entrySet()
        .removeIf(entry -> entry.getValue().equals(id) && !kept.contains(entry.getKey()));
  }
}
