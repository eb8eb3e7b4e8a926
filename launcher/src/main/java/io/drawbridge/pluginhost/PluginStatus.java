package io.drawbridge.pluginhost;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of one plugin, for the listing.
 *
 * @param id the descriptor's id; the file's name where no descriptor could be read
 * @param version the descriptor's version; null where no descriptor could be read
 * @param generation which running version since the server started, from 1; 0 if none ever ran
 * @param addresses the addresses that it serves, sorted
 * @param previous the version that ran before this one; null if there was none
 * @param error why it failed and what to do, in one line; null unless the state is {@code FAILED}
 */
public record PluginStatus(
    String id,
    @Nullable String version,
    PluginState state,
    int generation,
    List<String> addresses,
    @Nullable String previous,
    @Nullable String error) {

  public PluginStatus {
    addresses = List.copyOf(addresses);
  }

  PluginStatus in(PluginState other) {
    return new PluginStatus(id, version, other, generation, addresses, previous, error);
  }
}
