package io.drawbridge.ops;

import io.drawbridge.pluginhost.DeployOptions;
import io.drawbridge.pluginhost.PluginHost;
import io.drawbridge.pluginhost.PluginStatus;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * What the admin API can have done with plugins. Every future ends in the status or fails with one
 * line for a person.
 *
 * @param list what became of each plugin
 * @param deploy takes a jar over; the file may be deleted when the future has ended
 * @param undeploy takes the id and who asks
 * @param changes the other changes by the word that the API calls them; each takes the same
 */
public record PluginOperations(
    Supplier<List<PluginStatus>> list,
    BiFunction<Path, DeployOptions, Future<PluginStatus>> deploy,
    BiFunction<String, String, Future<PluginStatus>> undeploy,
    Map<String, BiFunction<String, String, Future<PluginStatus>>> changes) {

  public PluginOperations {
    changes = Map.copyOf(changes);
  }

  /** Those of a host. */
  public static PluginOperations of(PluginHost host) {
    return new PluginOperations(
        host::plugins,
        host::deploy,
        host::undeploy,
        Map.of(
            "rollback", host::rollback,
            "promote", host::promote,
            "abort", host::abort,
            "lift", host::lift));
  }
}
