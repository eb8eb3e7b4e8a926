package io.drawbridge.config;

import java.nio.file.Path;
import java.util.List;

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
    DiagnosticsConfig diagnostics) {

  public Settings {
    permissions = List.copyOf(permissions);
  }
}
