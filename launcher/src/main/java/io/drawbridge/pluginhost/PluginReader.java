package io.drawbridge.pluginhost;

import io.drawbridge.config.PluginSettingsReader;
import io.drawbridge.config.PluginsConfig;
import io.drawbridge.pluginhost.WantedPlugins.Version;
import io.drawbridge.pluginhost.contract.PluginDescriptor;
import io.drawbridge.pluginhost.contract.PluginException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Reads plugins up to the point where code would run: copies, descriptors, settings. Blocks. */
final class PluginReader {

  private final PluginsConfig config;
  private final PrivateCopies copies;
  private final PluginSettingsReader settings;
  private final AllowedPlugins allowed;

  PluginReader(PluginsConfig config, Path directory, PluginSettingsReader settings) {
    this.config = config;
    this.copies = new PrivateCopies(directory, config);
    this.settings = settings;
    this.allowed = new AllowedPlugins(config.allow());
  }

  void open() throws IOException {
    copies.open();
  }

  /** Deletes the copies of what nobody will want again. */
  void keepOnly(Set<String> hashes) throws IOException {
    copies.keepOnly(hashes);
  }

  /**
   * Makes the host's own copy of a plugin.
   *
   * @throws PluginException in one line
   */
  PluginArchive copy(String source, List<Path> jars) {
    return copies.take(source, jars);
  }

  /**
   * The copy of a version that ran before.
   *
   * @throws PluginException if it is gone or damaged
   */
  PluginArchive find(String id, Version version) {
    try {
      PluginArchive found = copies.find(label(id, version), version.sha256());
      if (found != null) {
        return found;
      }
    } catch (IOException e) {
      throw new PluginException(
          label(id, version),
          "",
          "can't be read from the data folder: " + e,
          "Look at the disk",
          e);
    }
    throw new PluginException(
        label(id, version), "", "is not whole in the data folder any more", "Deploy its jar again");
  }

  private static String label(String id, Version version) {
    String source = version.source();
    return source == null ? id + " " + version.version() : source;
  }

  /**
   * Reads what a copy says of itself, and the settings that ops give it.
   *
   * @throws RuntimeException with its reason in one line, see {@link PluginException#lineOf}
   */
  ReadPlugin read(PluginArchive archive) {
    allowed.check(archive.source(), archive.sha256());
    PluginDescriptor descriptor = archive.descriptor(config);
    return new ReadPlugin(
        archive, descriptor, settings.read(descriptor.id(), descriptor.settings()));
  }
}
