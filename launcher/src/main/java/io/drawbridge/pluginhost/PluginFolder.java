package io.drawbridge.pluginhost;

import io.drawbridge.config.FolderConfig;
import io.drawbridge.pluginhost.WantedPlugins.Version;
import io.drawbridge.pluginhost.contract.PluginException;
import io.drawbridge.pluginhost.folder.Candidate;
import io.drawbridge.pluginhost.folder.DevelopmentProject;
import io.drawbridge.pluginhost.folder.FolderListener;
import io.drawbridge.pluginhost.folder.Pace;
import io.drawbridge.pluginhost.folder.PluginDirectory;
import io.drawbridge.pluginhost.folder.PluginWatcher;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes what runs follow the plugins folder, and what an earlier run of the server left. */
final class PluginFolder implements AutoCloseable {

  private static final Logger LOGGER = LoggerFactory.getLogger(PluginFolder.class);

  /** How long a project's classes must have been left alone. */
  private static final long COMPILED_MILLIS = 150;

  /** Events that may wait for each plugin that is looked at. */
  private static final int EVENTS = 4;

  private final HostParts parts;
  private final PluginDirectory directory;
  private final Function<String, PluginLife> lives;

  /** What can't be read as a plugin, or not as one of its own, by the file's name. */
  private final Map<String, PluginStatus> failures = new ConcurrentHashMap<>();

  /** What the start has tried already, by the file's name: the first reading need not again. */
  private final Map<String, String> tried = new ConcurrentHashMap<>();

  /** What another file kept from running at the start, by the file's name; looked at again. */
  private final Map<String, Candidate> shadowed = new ConcurrentHashMap<>();

  private final Set<String> shadowedAtStart = ConcurrentHashMap.newKeySet();
  private final List<AutoCloseable> watching = new CopyOnWriteArrayList<>();
  private final InTurn events;

  PluginFolder(HostParts parts, Function<String, PluginLife> lives) {
    this.parts = parts;
    this.directory = new PluginDirectory(parts.config());
    this.lives = lives;
    this.events =
        new InTurn("the plugins folder", EVENTS * parts.config().folder().candidates(), parts);
  }

  Collection<PluginStatus> failures() {
    return failures.values();
  }

  /** Starts what should run; succeeds when each runs or has failed. */
  Future<Void> open() {
    return parts
        .blocking(() -> StartPlan.make(parts, directory))
        .compose(
            plan -> {
              tried.putAll(plan.hashBySource);
              shadowedAtStart.addAll(plan.shadowed);
              plan.failures.forEach(this::failed);
              plan.resting.forEach(id -> lives.apply(id).steps().rests());
              List<Future<?>> started = new ArrayList<>();
              plan.fresh.forEach(plugin -> started.add(startFresh(plugin)));
              plan.again.forEach((id, version) -> started.add(startAgain(id, version)));
              return Future.join(started)
                  .<Void>transform(any -> parts.blocking(this::clear))
                  .onSuccess(any -> plan.unreadable.forEach(this::regret))
                  .compose(any -> watch());
            });
  }

  private void regret(StartPlan.Unreadable each) {
    lives.apply(each.id()).steps().regret(each.version(), each.failure());
  }

  /** A new version that does not start leaves the field to the one that ran before. */
  private Future<?> startFresh(ReadPlugin plugin) {
    Version before = parts.wanted().of(plugin.id()).run();
    Future<PluginStatus> started = deploy(plugin, DeployOptions.plain(DeployOptions.FOLDER));
    return before == null
        ? started
        : started.recover(
            failure ->
                startAgain(plugin.id(), before)
                    .onSuccess(
                        any ->
                            lives
                                .apply(plugin.id())
                                .steps()
                                .regret(plugin.descriptor().version(), failure)));
  }

  private Future<PluginStatus> startAgain(String id, Version version) {
    return parts
        .blocking(() -> parts.reader().read(parts.reader().find(id, version)))
        .compose(plugin -> lives.apply(id).resume(plugin, version.source()))
        .onFailure(failure -> lives.apply(id).steps().regret(version.version(), failure));
  }

  private @Nullable Void clear() throws IOException {
    parts.reader().keepOnly(parts.wanted().hashes());
    return null;
  }

  /** Follows the folder from now on; succeeds when it has been read once. */
  private Future<Void> watch() {
    FolderConfig config = parts.config().folder();
    var pace =
        new Pace(
            TimeUnit.SECONDS.toMillis(config.scanSeconds()),
            config.settleMillis(),
            config.candidates(),
            true);
    var watched =
        new PluginWatcher(
            parts.config(), pace, new Listener(DeployOptions.plain(DeployOptions.FOLDER)));
    watching.add(watched);
    return Future.fromCompletionStage(watched.start())
        .compose(any -> events.then(this::startIsOver));
  }

  private Future<Void> startIsOver() {
    tried.clear();
    shadowedAtStart.clear();
    return Future.succeededFuture();
  }

  /** Follows a project that is being written. */
  Future<Void> develop(Path project, Path packed) {
    var pace =
        new Pace(
            TimeUnit.SECONDS.toMillis(parts.config().folder().scanSeconds()),
            COMPILED_MILLIS,
            parts.config().jarEntries(),
            true);
    var watched =
        new DevelopmentProject(project, packed, pace, new Listener(DeployOptions.development()));
    watching.add(watched);
    return Future.fromCompletionStage(watched.start());
  }

  /** Hands what a watcher tells over to the host, one event after the other. */
  private final class Listener implements FolderListener {

    private final DeployOptions options;

    Listener(DeployOptions options) {
      this.options = options;
    }

    @Override
    public void changed(Candidate candidate) {
      events
          .then(() -> PluginFolder.this.changed(candidate, options))
          .onFailure(failure -> failed(candidate.source(), failure));
    }

    @Override
    public void removed(String source) {
      shadowed.remove(source);
      events.then(() -> PluginFolder.this.removed(source).mapEmpty());
      List<Candidate> again = List.copyOf(shadowed.values());
      shadowed.clear();
      again.forEach(this::changed);
    }

    @Override
    public void refused(String source, PluginException why) {
      failed(source, why);
    }
  }

  private Future<?> changed(Candidate candidate, DeployOptions options) {
    String source = candidate.source();
    return parts
        .blocking(() -> parts.reader().copy(source, candidate.jars()))
        .compose(
            archive -> {
              // If it changed while it was copied, another event is on its way.
              if (!candidate.unchanged()) {
                return Future.succeededFuture();
              }
              if (archive.sha256().equals(tried.get(source))) {
                if (shadowedAtStart.contains(source)) {
                  shadowed.put(source, candidate);
                }
                return Future.succeededFuture();
              }
              failures.remove(source);
              return parts.wanted().seen(source, archive.sha256())
                  ? Future.succeededFuture()
                  : deploy(archive, options);
            });
  }

  private Future<?> deploy(PluginArchive archive, DeployOptions options) {
    return parts
        .blocking(() -> parts.reader().read(archive))
        .compose(plugin -> deploy(plugin, options).otherwiseEmpty());
  }

  /** A file has gone: what came from it rests. */
  private Future<?> removed(String source) {
    failures.remove(source);
    return parts
        .blocking(
            () -> {
              parts.wanted().forget(source);
              return source;
            })
        .onSuccess(
            any ->
                parts.wanted().ids().stream()
                    .filter(id -> cameFrom(id, source))
                    .forEach(this::undeploy));
  }

  /** Other files need not wait until it has drained. */
  private void undeploy(String id) {
    parts.logged(
        Deployment.asked("undeploy", id, DeployOptions.FOLDER), lives.apply(id).undeploy());
  }

  private boolean cameFrom(String id, String source) {
    Version run = parts.wanted().of(id).run();
    return run != null && source.equals(run.source());
  }

  private Future<PluginStatus> deploy(ReadPlugin plugin, DeployOptions options) {
    var asked =
        new Deployment(
            "deploy",
            plugin.id(),
            plugin.descriptor().version(),
            plugin.archive().sha256(),
            options.by(),
            null);
    return parts.logged(asked, lives.apply(plugin.id()).deploy(plugin, options));
  }

  private void failed(String source, Throwable failure) {
    String line = PluginException.lineOf(failure);
    failures.put(source, PluginStatus.failed(source, null, line));
    var log = LOGGER.atError().addKeyValue("plugin", source);
    if (!PluginException.explains(failure)) {
      log = log.setCause(failure);
    }
    log.addKeyValue("error", line).log("plugin failed");
  }

  /** Follows nothing any more. */
  @Override
  public void close() {
    watching.forEach(PluginFolder::end);
  }

  private static void end(AutoCloseable watched) {
    try {
      watched.close();
    } catch (Exception e) {
      LOGGER.atWarn().setCause(e).log("a folder's watcher did not end cleanly");
    }
  }
}
