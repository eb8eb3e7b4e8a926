package io.drawbridge.pluginhost.folder;

import io.drawbridge.pluginhost.contract.PluginDescriptor;
import io.drawbridge.pluginhost.contract.PluginException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A plugin's project on its author's machine: whenever its classes are compiled anew, they become a
 * plugin again, as if its jar had been replaced. What is packed is {@code target/classes} and,
 * beside it, each {@code target/lib/*.jar}. A build that cleans first takes nothing away: what runs
 * goes on until there are classes again.
 */
public final class DevelopmentProject implements AutoCloseable {

  private static final long NOTHING_DUE = Long.MAX_VALUE;
  private static final long AGAIN = 1;

  /** How long a build may leave the project without a descriptor or classes before that is told. */
  private static final long BUILD_MILLIS = 3_000;

  private final Path project;
  private final Path classes;
  private final Path libraries;
  private final String name;
  private final ProjectJar jar;
  private final Pace pace;
  private final FolderListener listener;
  private final FolderThread thread;
  private Set<Path> folders = Set.of();
  private @Nullable Look look;
  private long since;
  private boolean judged;

  /**
   * A project that is not yet watched.
   *
   * @param project the folder with the build file
   * @param packed where what is packed goes; the host takes a copy from there
   * @param pace how long the classes must have been left alone before they are packed; the
   *     candidates bound the files that are looked at
   */
  public DevelopmentProject(Path project, Path packed, Pace pace, FolderListener listener) {
    this.project = project.toAbsolutePath().normalize();
    this.classes = this.project.resolve("target/classes");
    this.libraries = this.project.resolve("target/lib");
    this.name = PluginDirectory.name(this.project);
    this.jar = new ProjectJar(classes, packed, name);
    this.pace = pace;
    this.listener = listener;
    this.thread = new FolderThread("project " + name, pace, this::read, () -> folders);
  }

  /** Begins to watch; succeeds when what was compiled already has been told of. */
  public CompletionStage<Void> start() {
    folders = around();
    return thread.start();
  }

  /** Looks at everything; returns in how many milliseconds something is due. */
  private long read() {
    long now = FolderThread.now();
    List<Path> files = files();
    Look seen = Look.of(files);
    if (!seen.equals(look)) {
      boolean first = look == null;
      since = first ? now - pace.settleMillis() : now;
      look = seen;
      judged = false;
    }
    if (judged) {
      return NOTHING_DUE;
    }
    PluginException problem = problem(files);
    long settle = problem == null ? pace.settleMillis() : BUILD_MILLIS;
    long left = since + settle - now;
    return left > 0 ? left : judge(seen, problem, files);
  }

  private long judge(Look seen, @Nullable PluginException problem, List<Path> files) {
    if (problem != null) {
      judged = true;
      thread.tell(() -> listener.refused(name, problem));
      return NOTHING_DUE;
    }
    try {
      Path packed = jar.pack(files);
      if (!seen.equals(Look.of(files()))) {
        return AGAIN;
      }
      judged = true;
      Look result = Look.of(packed);
      thread.tell(() -> listener.changed(new Candidate(name, packed, result)));
      return NOTHING_DUE;
    } catch (IOException e) {
      // A file that vanished while it was packed: the compiler is still at work.
      return pace.settleMillis() + AGAIN;
    }
  }

  private @Nullable PluginException problem(List<Path> files) {
    if (files.size() > pace.candidates()) {
      return new PluginException(
          project.toString(),
          "",
          "holds more than " + pace.candidates() + " files under target/classes",
          "Watch a smaller project, or raise plugins.jarEntries");
    }
    if (!Files.isRegularFile(classes.resolve(PluginDescriptor.ENTRY))) {
      return new PluginException(
          project.toString(),
          "",
          "has no target/classes/" + PluginDescriptor.ENTRY,
          "Compile it: mvn compile");
    }
    return files.stream().anyMatch(file -> file.toString().endsWith(".class"))
        ? null
        : new PluginException(
            project.toString(),
            "",
            "has no classes under target/classes",
            "Compile it: mvn compile");
  }

  /** Of the classes and the libraries, in an order that stays; notes which folders to watch. */
  private List<Path> files() {
    Set<Path> watched = around();
    var files = new ArrayList<Path>();
    try (Stream<Path> tree = Files.walk(classes)) {
      tree.limit(2L * pace.candidates() + 2)
          .sorted()
          .forEach(path -> (Files.isDirectory(path) ? watched : files).add(path));
    } catch (IOException | UncheckedIOException e) {
      // Cleaned, or being written: looked at again.
    }
    try {
      if (Files.isDirectory(libraries)) {
        files.addAll(PluginDirectory.jarsOf(libraries));
      }
    } catch (IOException e) {
      // The same.
    }
    folders = watched;
    return files;
  }

  /** The folders above the classes, for these come and go with a build. */
  private Set<Path> around() {
    var around = new HashSet<Path>();
    for (Path each : List.of(project, project.resolve("target"), classes, libraries)) {
      if (Files.isDirectory(each)) {
        around.add(each);
      }
    }
    return around;
  }

  /** Ends within a few seconds; no event comes after it. */
  @Override
  public void close() {
    thread.close();
  }
}
