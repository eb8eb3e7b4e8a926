package io.drawbridge.pluginhost.folder;

import io.drawbridge.config.PluginsConfig;
import io.drawbridge.pluginhost.contract.PluginException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns the plugins folder into events. A jar that is whole is told of at once, however it came;
 * one that is not has {@link Pace#settleMillis()} without a change before it is refused. What is
 * taken away is told after as long, so that a file that is deleted and copied anew stays one
 * plugin. While the folder itself is missing nothing is told: a volume that is away takes no plugin
 * with it.
 */
public final class PluginWatcher implements AutoCloseable {

  private static final Logger LOGGER = LoggerFactory.getLogger(PluginWatcher.class);
  private static final long NOTHING_DUE = Long.MAX_VALUE;
  private static final long AGAIN = 1;

  private final PluginDirectory directory;
  private final JarCheck check;
  private final Pace pace;
  private final FolderListener listener;
  private final FolderThread thread;
  private final Map<String, Sighting> sightings = new HashMap<>();
  private boolean first = true;
  private boolean away;
  private int passedOver;

  public PluginWatcher(PluginsConfig config, Pace pace, FolderListener listener) {
    this.directory = new PluginDirectory(config);
    this.check = new JarCheck(config.jarBytes(), config.jarEntries());
    this.pace = pace;
    this.listener = listener;
    this.thread = new FolderThread("plugins folder", pace, this::read, this::folders);
  }

  /**
   * Begins to watch. The stage succeeds, on the watcher's thread, when the folder has been read
   * once and every plugin that lay there whole has been told of.
   */
  public CompletionStage<Void> start() {
    return thread.start();
  }

  /** Looks at everything; returns in how many milliseconds something is due. */
  private long read() {
    List<Path> listed = listed();
    if (listed == null) {
      return NOTHING_DUE;
    }
    long due = NOTHING_DUE;
    Map<String, Path> present = bounded(listed);
    for (Map.Entry<String, Path> each : present.entrySet()) {
      due = Math.min(due, look(each.getKey(), each.getValue()));
    }
    for (String source : List.copyOf(sightings.keySet())) {
      if (!present.containsKey(source)) {
        due = Math.min(due, miss(source));
      }
    }
    first = false;
    return due;
  }

  private @Nullable List<Path> listed() {
    PluginException problem = null;
    try {
      if (Files.isDirectory(directory.path())) {
        List<Path> listed = directory.listed();
        away = false;
        return listed;
      }
    } catch (PluginException e) {
      problem = e;
    }
    if (!away) {
      away = true;
      LOGGER
          .atWarn()
          .addKeyValue("directory", directory.path())
          .addKeyValue("error", problem == null ? "it is not there" : problem.getMessage())
          .log("the plugins folder can't be read: what runs goes on, nothing new comes");
    }
    return null;
  }

  /** By name, those first that are known: no newcomer pushes out what runs. */
  private Map<String, Path> bounded(List<Path> listed) {
    var present = new LinkedHashMap<String, Path>();
    for (Path path : listed) {
      if (sightings.containsKey(PluginDirectory.name(path))) {
        present.put(PluginDirectory.name(path), path);
      }
    }
    for (Path path : listed) {
      if (present.size() < pace.candidates()) {
        present.put(PluginDirectory.name(path), path);
      }
    }
    int left = listed.size() - present.size();
    if (left != passedOver && left > 0) {
      LOGGER
          .atWarn()
          .addKeyValue("directory", directory.path())
          .addKeyValue("count", left)
          .log(
              "the plugins folder holds more than " + pace.candidates() + ": some are passed over");
    }
    passedOver = left;
    return present;
  }

  private long look(String source, Path path) {
    long now = FolderThread.now();
    Look look = Look.of(path);
    Sighting sighting = sightings.computeIfAbsent(source, any -> new Sighting());
    sighting.saw(look, first ? now - age(look) : now);
    if (sighting.judged()) {
      return NOTHING_DUE;
    }
    long left = sighting.unsettled(pace.settleMillis(), now);
    if (left > 0 && (sighting.tried() || Files.isDirectory(path))) {
      return left;
    }
    sighting.tries();
    PluginException problem = problem(source, path);
    if (!look.equals(Look.of(path))) {
      sighting.forget();
      return AGAIN;
    }
    if (problem != null && left > 0) {
      return left;
    }
    sighting.judge();
    if (problem == null) {
      thread.tell(() -> listener.changed(new Candidate(source, path, look)));
    } else {
      thread.tell(() -> listener.refused(source, problem));
    }
    return NOTHING_DUE;
  }

  /** At the start, how long ago it was last written: what has lain there needs not wait. */
  private static long age(Look look) {
    return Math.max(0, System.currentTimeMillis() - look.newestMillis());
  }

  private @Nullable PluginException problem(String source, Path path) {
    try {
      return check.problem(source, directory.jars(path));
    } catch (PluginException e) {
      return e;
    }
  }

  private long miss(String source) {
    Sighting sighting = sightings.get(source);
    if (sighting == null) {
      return NOTHING_DUE;
    }
    long left = sighting.told() ? sighting.missing(pace.settleMillis(), FolderThread.now()) : 0;
    if (left > 0) {
      return left;
    }
    sightings.remove(source);
    if (sighting.told()) {
      thread.tell(() -> listener.removed(source));
    }
    return NOTHING_DUE;
  }

  /**
   * Where events come from: the folder as it resolves now, the folders of jars in it, and where it
   * should be if it is missing or may be swapped.
   */
  private Set<Path> folders() {
    var folders = new HashSet<Path>();
    Path path = directory.path().toAbsolutePath();
    Path parent = path.getParent();
    try {
      folders.add(path.toRealPath());
      for (String source : sightings.keySet()) {
        Path each = path.resolve(source);
        if (Files.isDirectory(each)) {
          folders.add(each.toRealPath());
        }
      }
    } catch (IOException missing) {
      // Looked for again at the next re-read.
    }
    if (parent != null && (!Files.isDirectory(path) || Files.isSymbolicLink(path))) {
      folders.add(parent);
    }
    return folders;
  }

  /** Ends within a few seconds; no event comes after it. */
  @Override
  public void close() {
    thread.close();
  }
}
