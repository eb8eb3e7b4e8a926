package io.drawbridge.pluginhost;

import io.drawbridge.pluginhost.WantedPlugins.Version;
import io.drawbridge.pluginhost.routing.Target;
import org.jspecify.annotations.Nullable;

/**
 * A version that has started, with everything that is known of it.
 *
 * @param target how calls reach it
 * @param source the file in the plugins folder that it came from; null if it was uploaded
 */
record Running(ReadPlugin plugin, Generation generation, Target target, @Nullable String source) {

  Version version() {
    return new Version(plugin.archive().sha256(), plugin.descriptor().version(), source);
  }

  /** The same, known to come from another file or from none. */
  Running from(@Nullable String other) {
    return new Running(plugin, generation, target, other);
  }

  boolean sameGeneration(Running other) {
    return generation == other.generation;
  }

  /** Whether another start would run the very same with the very same settings. */
  boolean holds(ReadPlugin other) {
    return plugin.archive().sha256().equals(other.archive().sha256())
        && plugin.settings().equals(other.settings());
  }
}
