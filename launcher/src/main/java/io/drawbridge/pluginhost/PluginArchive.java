package io.drawbridge.pluginhost;

import io.drawbridge.config.PluginsConfig;
import io.drawbridge.pluginhost.contract.DescriptorReader;
import io.drawbridge.pluginhost.contract.PluginDescriptor;
import io.drawbridge.pluginhost.contract.PluginException;
import io.drawbridge.pluginhost.folder.PluginDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.ZipException;

/**
 * The jars of one plugin, in the host's private copy. They are read in place and never unpacked.
 *
 * @param source the jar's or folder's name in the plugins folder
 * @param sha256 of the jar; for a folder of jars, of its names and their hashes
 */
record PluginArchive(String source, String sha256, List<Path> jars) {

  private static final int DESCRIPTOR_BYTES = 1 << 20;

  PluginArchive {
    jars = List.copyOf(jars);
  }

  /**
   * Checks the jars' bounds and reads the one descriptor in them.
   *
   * @throws PluginException in one line: file, pointer, problem, remedy
   */
  PluginDescriptor descriptor(PluginsConfig config) {
    var found = new ArrayList<PluginDescriptor>();
    int entries = 0;
    for (Path path : jars) {
      try (JarFile jar = new JarFile(path.toFile(), false)) {
        entries += jar.size();
        checkBounds(path, jar, entries, config);
        JarEntry entry = jar.getJarEntry(PluginDescriptor.ENTRY);
        if (entry != null) {
          found.add(
              DescriptorReader.read(name(path) + "!" + entry.getName(), read(path, jar, entry)));
        }
      } catch (ZipException e) {
        throw new PluginException(name(path), "", "is no jar: " + e.getMessage(), "Build it anew");
      } catch (IOException e) {
        throw new PluginException(name(path), "", "can't be read: " + e, "Look at the disk", e);
      }
    }
    return theOnly(found);
  }

  private PluginDescriptor theOnly(List<PluginDescriptor> found) {
    if (found.isEmpty()) {
      throw new PluginException(
          source,
          "",
          "holds no " + PluginDescriptor.ENTRY,
          "Add it, or move what is no plugin elsewhere");
    }
    if (found.size() > 1) {
      throw new PluginException(
          source, "", "holds " + PluginDescriptor.ENTRY + " twice", "Make two plugins of it");
    }
    return found.get(0);
  }

  private void checkBounds(Path path, JarFile jar, int entries, PluginsConfig config) {
    if (entries > config.jarEntries()) {
      throw new PluginException(
          source,
          "",
          "holds more than " + config.jarEntries() + " files",
          "Drop what it does not need, or raise plugins.jarEntries");
    }
    var all = jar.entries();
    while (all.hasMoreElements()) {
      JarEntry entry = all.nextElement();
      if (entry.getSize() > config.jarBytes()) {
        throw new PluginException(
            name(path) + "!" + entry.getName(),
            "",
            "unpacks to more than " + config.jarBytes() + " bytes",
            "Drop it, or raise plugins.jarBytes");
      }
    }
  }

  private byte[] read(Path path, JarFile jar, JarEntry entry) throws IOException {
    try (InputStream in = jar.getInputStream(entry)) {
      byte[] bytes = in.readNBytes(DESCRIPTOR_BYTES + 1);
      if (bytes.length > DESCRIPTOR_BYTES) {
        throw new PluginException(
            name(path) + "!" + entry.getName(),
            "",
            "is larger than " + DESCRIPTOR_BYTES + " bytes",
            "Shorten it");
      }
      return bytes;
    }
  }

  private String name(Path jar) {
    String file = PluginDirectory.name(jar);
    return jars.size() == 1 ? source : source + "/" + file;
  }
}
