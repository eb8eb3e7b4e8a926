package io.drawbridge.pluginhost;

import io.drawbridge.pluginhost.contract.PluginException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which plugins may run, by the SHA-256 of their bytes, where ops have listed them. */
final class AllowedPlugins {

  private final @Nullable Set<String> allowed;

  /**
   * @param allowed 64 hexadecimal digits each, in lower case; null allows everything, an empty set
   *     nothing
   */
  AllowedPlugins(@Nullable Set<String> allowed) {
    this.allowed = allowed == null ? null : Set.copyOf(allowed);
  }

  /**
   * Lets a plugin pass.
   *
   * @param source what errors call it
   * @throws PluginException if it is not listed
   */
  void check(String source, String sha256) {
    if (allowed != null && !allowed.contains(sha256)) {
      throw new PluginException(
          source,
          "",
          "has SHA-256 " + sha256 + ", which plugins.allow does not list",
          "Add it there if it is the one that should run");
    }
  }
}
