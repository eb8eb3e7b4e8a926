package io.drawbridge.pluginhost;

import io.drawbridge.pluginhost.contract.PluginException;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What should run, kept over restarts in one file that is always whole: for each plugin the copy
 * that runs and those that ran before, and for each file of the plugins folder which of its
 * contents have been dealt with. So a jar that was undeployed or rolled back stays so until its
 * bytes change. Thread-safe; writing blocks.
 */
final class WantedPlugins {

  /**
   * One version that ran or runs.
   *
   * @param source the file in the plugins folder that it came from; null if it was uploaded
   */
  record Version(String sha256, String version, @Nullable String source) {

    JsonObject toJson() {
      return new JsonObject().put("sha256", sha256).put("version", version).put("source", source);
    }

    static Version of(JsonObject json) {
      return new Version(
          json.getString("sha256"), json.getString("version"), json.getString("source"));
    }
  }

  /**
   * What is wanted of one plugin.
   *
   * @param run the version that should run; null if none should
   * @param previous those that ran before, the latest first
   */
  record Wanted(@Nullable Version run, List<Version> previous) {

    Wanted {
      previous = List.copyOf(previous);
    }
  }

  private static final Wanted NOTHING = new Wanted(null, List.of());

  private final Path file;
  private final int keep;
  private final Map<String, Wanted> plugins = new LinkedHashMap<>();
  private final Map<String, String> seen = new LinkedHashMap<>();

  /**
   * Nothing is wanted yet.
   *
   * @param keep how many earlier versions of a plugin stay on the disk
   */
  WantedPlugins(Path file, int keep) {
    this.file = file;
    this.keep = keep;
  }

  /**
   * Reads what an earlier run left.
   *
   * @throws PluginException if the file is there and can't be read as one
   */
  synchronized void load() {
    if (!Files.exists(file)) {
      return;
    }
    try {
      JsonObject json = new JsonObject(Files.readString(file));
      for (var entry : json.getJsonObject("plugins")) {
        JsonObject wanted = (JsonObject) entry.getValue();
        JsonObject run = wanted.getJsonObject("run");
        List<Version> previous = new ArrayList<>();
        wanted
            .getJsonArray("previous")
            .forEach(each -> previous.add(Version.of((JsonObject) each)));
        plugins.put(entry.getKey(), new Wanted(run == null ? null : Version.of(run), previous));
      }
      json.getJsonObject("seen")
          .forEach(entry -> seen.put(entry.getKey(), (String) entry.getValue()));
    } catch (IOException | DecodeException | ClassCastException | NullPointerException e) {
      throw new PluginException(
          file.toString(),
          "",
          "is not what the server wrote: " + e.getMessage(),
          "Delete it: every plugin of the folder then runs, and uploads have to be deployed again",
          e);
    }
  }

  synchronized Set<String> ids() {
    return Set.copyOf(plugins.keySet());
  }

  synchronized Wanted of(String id) {
    return plugins.getOrDefault(id, NOTHING);
  }

  /** Whether this content of a file in the plugins folder has been dealt with. */
  synchronized boolean seen(String source, String sha256) {
    return sha256.equals(seen.get(source));
  }

  /** The hashes of all copies that somebody may want. */
  synchronized Set<String> hashes() {
    Set<String> hashes = new HashSet<>();
    for (Wanted wanted : plugins.values()) {
      if (wanted.run() != null) {
        hashes.add(wanted.run().sha256());
      }
      wanted.previous().forEach(version -> hashes.add(version.sha256()));
    }
    return hashes;
  }

  /** A version shall run from now on; the one that ran becomes the latest of those before. */
  synchronized void run(String id, Version version) {
    Wanted was = of(id);
    List<Version> previous = new ArrayList<>(was.previous());
    if (was.run() != null) {
      previous.add(0, was.run());
    }
    previous.removeIf(each -> each.sha256().equals(version.sha256()));
    note(id, new Wanted(version, previous.subList(0, Math.min(keep, previous.size()))), version);
  }

  /** The plugin shall go back to the latest of those before. */
  synchronized void rolledBack(String id, Version version) {
    List<Version> previous = new ArrayList<>(of(id).previous());
    previous.removeIf(each -> each.sha256().equals(version.sha256()));
    note(id, new Wanted(version, previous), null);
  }

  /** The plugin shall rest; a rollback may bring back what ran. */
  synchronized void rest(String id) {
    Wanted was = of(id);
    List<Version> previous = new ArrayList<>(was.previous());
    if (was.run() != null) {
      previous.add(0, was.run());
    }
    note(id, new Wanted(null, previous.subList(0, Math.min(keep, previous.size()))), null);
  }

  /** A file has left the plugins folder: whatever comes under its name is new. */
  synchronized void forget(String source) {
    if (seen.remove(source) != null) {
      write();
    }
  }

  private void note(String id, Wanted wanted, @Nullable Version dealtWith) {
    Wanted was = plugins.put(id, wanted);
    String source = dealtWith == null ? null : dealtWith.source();
    String seenBefore =
        source == null || dealtWith == null ? null : seen.put(source, dealtWith.sha256());
    try {
      write();
    } catch (PluginException e) {
      restore(plugins, id, was);
      if (source != null) {
        restore(seen, source, seenBefore);
      }
      throw e;
    }
  }

  private static <V> void restore(Map<String, V> map, String key, @Nullable V value) {
    if (value == null) {
      map.remove(key);
    } else {
      map.put(key, value);
    }
  }

  private void write() {
    JsonObject json =
        new JsonObject().put("plugins", new JsonObject()).put("seen", new JsonObject());
    plugins.forEach((id, wanted) -> json.getJsonObject("plugins").put(id, toJson(wanted)));
    seen.forEach((source, hash) -> json.getJsonObject("seen").put(source, hash));
    Path draft = file.resolveSibling(file.getFileName() + ".new");
    byte[] bytes = (json.encodePrettily() + "\n").getBytes(StandardCharsets.UTF_8);
    try {
      try (FileChannel out =
          FileChannel.open(
              draft,
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              StandardOpenOption.TRUNCATE_EXISTING)) {
        out.write(ByteBuffer.wrap(bytes));
        out.force(true);
      }
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new PluginException(
          file.toString(),
          "",
          "can't be written, so that a restart would not know what should run: " + e,
          "Look at the disk: is there room, and may this user write?",
          e);
    }
  }

  private static JsonObject toJson(Wanted wanted) {
    JsonArray previous = new JsonArray();
    wanted.previous().forEach(version -> previous.add(version.toJson()));
    Version run = wanted.run();
    return new JsonObject().put("run", run == null ? null : run.toJson()).put("previous", previous);
  }
}
