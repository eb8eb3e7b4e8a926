package io.drawbridge.pluginhost;

import io.drawbridge.pluginhost.WantedPlugins.Version;
import io.drawbridge.pluginhost.contract.PluginDescriptor;
import io.drawbridge.pluginhost.contract.PluginException;
import io.drawbridge.pluginhost.folder.PluginDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What to start when the server starts: what is new in the plugins folder, and what ran before and
 * is not replaced by that. Making it blocks and starts nothing.
 */
final class StartPlan {

  /** A plugin whose copy or settings can't be used. */
  record Unreadable(String id, String version, RuntimeException failure) {}

  private final HostParts parts;
  private final PluginDirectory directory;

  /** The hashes of the folder's files, by their names; none of what could not be copied. */
  final Map<String, String> hashBySource = new LinkedHashMap<>();

  /** Why a file is no plugin of its own, by its name. */
  final Map<String, RuntimeException> failures = new LinkedHashMap<>();

  /** The files, by their names, that another one keeps from running. */
  final Set<String> shadowed = new HashSet<>();

  final List<ReadPlugin> fresh = new ArrayList<>();
  final List<Unreadable> unreadable = new ArrayList<>();
  final Map<String, Version> again = new LinkedHashMap<>();
  final List<String> resting = new ArrayList<>();
  private final Map<String, String> sourceById = new HashMap<>();

  private StartPlan(HostParts parts, PluginDirectory directory) {
    this.parts = parts;
    this.directory = directory;
  }

  static StartPlan make(HostParts parts, PluginDirectory directory) throws IOException {
    parts.reader().open();
    parts.wanted().load();
    var plan = new StartPlan(parts, directory);
    directory.candidates().forEach(plan::look);
    parts.wanted().ids().forEach(plan::remember);
    return plan;
  }

  private void look(Path candidate) {
    String source = PluginDirectory.name(candidate);
    try {
      PluginArchive archive = parts.reader().copy(source, directory.jars(candidate));
      String twin = twinOf(archive);
      hashBySource.put(source, archive.sha256());
      if (twin != null) {
        shadowed.add(source);
        throw new PluginException(
            source, "", "holds the very same as " + twin, "Remove one of the two");
      }
      if (!parts.wanted().seen(source, archive.sha256())) {
        take(source, archive);
      }
    } catch (RuntimeException e) {
      failures.put(source, e);
    }
  }

  private @Nullable String twinOf(PluginArchive archive) {
    return hashBySource.entrySet().stream()
        .filter(other -> other.getValue().equals(archive.sha256()))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(null);
  }

  /** Who came first keeps the id. */
  private void take(String source, PluginArchive archive) {
    PluginDescriptor descriptor = archive.descriptor(parts.config());
    String earlier = sourceById.putIfAbsent(descriptor.id(), source);
    if (earlier != null) {
      shadowed.add(source);
      throw new PluginException(
          source + "!" + PluginDescriptor.ENTRY,
          "/id",
          descriptor.id() + " is taken by " + earlier,
          "Remove one of the two");
    }
    try {
      fresh.add(parts.reader().read(archive));
    } catch (RuntimeException e) {
      unreadable.add(new Unreadable(descriptor.id(), descriptor.version(), e));
    }
  }

  private void remember(String id) {
    Version run = parts.wanted().of(id).run();
    String source = run == null ? null : run.source();
    boolean replaced = fresh.stream().anyMatch(plugin -> plugin.id().equals(id));
    if (run == null) {
      resting.add(id);
    } else if (source != null
        && !hashBySource.containsKey(source)
        && !failures.containsKey(source)) {
      // The file was taken away while the server was down.
      parts.wanted().rest(id);
      parts.wanted().forget(source);
      resting.add(id);
    } else if (!replaced) {
      again.put(id, run);
    }
  }
}
