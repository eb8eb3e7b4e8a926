package io.drawbridge.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Everything that {@code conf/drawbridge.json} says, with defaults where it is silent.
 *
 * @param directory the folder that the file lies in; relative paths in it start there
 */
public record Settings(
    Path directory,
    HttpConfig http,
    AuthConfig auth,
    List<PermissionRule> permissions,
    BridgeConfig bridge,
    LimitsConfig limits,
    PluginsConfig plugins,
    DatabaseConfig database,
    AdminConfig admin,
    LogsConfig logs,
    DiagnosticsConfig diagnostics) {

  public Settings {
    permissions = List.copyOf(permissions);
    List<Mistake> twins = PermissionRule.twins(permissions);
    if (!twins.isEmpty()) {
      throw new ConfigException(twins);
    }
  }

  /** What an empty file says, with relative paths starting at {@code conf}. */
  public static Settings defaults() {
    return defaults(Path.of("conf"));
  }

  /** What an empty file in a folder says. */
  public static Settings defaults(Path directory) {
    return SettingsReader.read("{}", directory, Map.of());
  }

  /** The same, with other network settings. */
  public Settings with(HttpConfig newHttp) {
    return new Settings(
        directory,
        newHttp,
        auth,
        permissions,
        bridge,
        limits,
        plugins,
        database,
        admin,
        logs,
        diagnostics);
  }

  /** The same, with other plugins. */
  public Settings with(PluginsConfig newPlugins) {
    return new Settings(
        directory,
        http,
        auth,
        permissions,
        bridge,
        limits,
        newPlugins,
        database,
        admin,
        logs,
        diagnostics);
  }
}
