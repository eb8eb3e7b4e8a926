package io.drawbridge.pluginhost;

import io.drawbridge.config.PluginSettingsReader;
import io.drawbridge.config.PluginsConfig;
import io.drawbridge.pluginhost.contract.PluginDescriptor;
import io.drawbridge.pluginhost.contract.PluginDescriptor.Address;
import io.drawbridge.pluginhost.contract.PluginException;
import io.drawbridge.pluginhost.folder.PluginDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Reads what lies in the plugins folder, up to the point where code would run. Blocks. */
final class PluginReader {

  private final PluginsConfig config;
  private final Path copies;
  private final PluginSettingsReader settings;

  PluginReader(PluginsConfig config, Path copies, PluginSettingsReader settings) {
    this.config = config;
    this.copies = copies;
    this.settings = settings;
  }

  /** One reading of the folder: who came first keeps the id and the addresses. */
  private final class Reading {
    private final PluginDirectory directory = new PluginDirectory(config);
    private final PrivateCopies privately = new PrivateCopies(copies, config);
    private final Map<String, String> sourceById = new HashMap<>();
    private final Map<String, String> pluginByAddress = new HashMap<>();
  }

  /**
   * Reads every plugin.
   *
   * @param failed is told of each that can't be started
   * @return those that can, in the order of their names in the folder
   */
  List<ReadPlugin> read(BiConsumer<PluginStatus, Throwable> failed) throws IOException {
    var reading = new Reading();
    reading.privately.open();
    var plugins = new ArrayList<ReadPlugin>();
    for (Path candidate : reading.directory.candidates()) {
      read(reading, candidate, plugins, failed);
    }
    return plugins;
  }

  private void read(
      Reading reading,
      Path candidate,
      List<ReadPlugin> plugins,
      BiConsumer<PluginStatus, Throwable> failed) {
    String source = PluginDirectory.name(candidate);
    PluginDescriptor descriptor = null;
    try {
      PluginArchive archive = reading.privately.take(source, reading.directory.jars(candidate));
      descriptor = archive.descriptor(config);
      claim(reading, source, descriptor);
      plugins.add(
          new ReadPlugin(
              archive, descriptor, settings.read(descriptor.id(), descriptor.settings())));
    } catch (RuntimeException e) {
      failed.accept(status(reading, source, descriptor, e), e);
    }
  }

  private static void claim(Reading reading, String source, PluginDescriptor descriptor) {
    String file = source + "!" + PluginDescriptor.ENTRY;
    String earlier = reading.sourceById.putIfAbsent(descriptor.id(), source);
    if (earlier != null) {
      throw new PluginException(
          file, "/id", descriptor.id() + " is taken by " + earlier, "Remove one of the two");
    }
    for (Address address : descriptor.served()) {
      String other = reading.pluginByAddress.get(address.address());
      if (other != null) {
        throw new PluginException(
            file,
            "/addresses",
            address.address() + " is served by plugin " + other,
            "Rename it, or remove one of the two plugins");
      }
    }
    descriptor.served().forEach(a -> reading.pluginByAddress.put(a.address(), descriptor.id()));
  }

  /** Under the plugin's id where it is known and nobody else's, else under its file's name. */
  private static PluginStatus status(
      Reading reading,
      String source,
      @Nullable PluginDescriptor descriptor,
      RuntimeException failure) {
    String error = PluginException.lineOf(failure);
    if (descriptor == null) {
      return new PluginStatus(source, null, PluginState.FAILED, 0, List.of(), null, error);
    }
    boolean own = source.equals(reading.sourceById.get(descriptor.id()));
    String id = own ? descriptor.id() : source;
    return new PluginStatus(
        id, descriptor.version(), PluginState.FAILED, 0, List.of(), null, error);
  }
}
