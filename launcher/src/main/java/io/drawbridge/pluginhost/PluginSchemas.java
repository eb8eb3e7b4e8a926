package io.drawbridge.pluginhost;

import io.drawbridge.config.ConfigException;
import io.drawbridge.config.PluginsConfig;
import io.drawbridge.config.SchemaCheck;
import io.drawbridge.pluginhost.contract.PluginDescriptor;
import io.drawbridge.pluginhost.contract.PluginException;
import io.drawbridge.pluginhost.folder.PluginDirectory;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the plugins in a folder want their settings to be, found out without starting any. */
public final class PluginSchemas {

  private static final Logger LOGGER = LoggerFactory.getLogger(PluginSchemas.class);

  private PluginSchemas() {}

  /** The schemas by plugin id. What can't be read as a plugin is left out: the host reports it. */
  public static Map<String, SchemaCheck> of(PluginsConfig config) {
    Map<String, SchemaCheck> schemas = new LinkedHashMap<>();
    var directory = new PluginDirectory(config);
    for (Path candidate : directory.candidates()) {
      try {
        List<Path> jars = directory.jars(candidate);
        PluginDescriptor descriptor =
            new PluginArchive(PluginDirectory.name(candidate), "", jars).descriptor(config);
        schemas.putIfAbsent(descriptor.id(), descriptor.settings());
      } catch (PluginException | ConfigException noPlugin) {
        LOGGER
            .atDebug()
            .addKeyValue("plugin", candidate)
            .log("not read: {}", noPlugin.getMessage());
      }
    }
    return schemas;
  }
}
