package io.drawbridge.pluginhost;

import io.drawbridge.pluginhost.WantedPlugins.Version;
import io.drawbridge.pluginhost.WantedPlugins.Wanted;
import io.drawbridge.pluginhost.contract.PluginDescriptor;
import io.drawbridge.pluginhost.contract.PluginException;
import io.drawbridge.pluginhost.folder.PluginDirectory;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes what runs follow the plugins folder, and what an earlier run of the server left. */
final class PluginFolder {

  private static final Logger LOGGER = LoggerFactory.getLogger(PluginFolder.class);

  private final HostParts parts;
  private final PluginDirectory directory;
  private final Function<String, PluginLife> lives;

  /** What can't be read as a plugin, or not as one of its own, by the file's name. */
  private final Map<String, PluginStatus> failures = new ConcurrentHashMap<>();

  PluginFolder(HostParts parts, Function<String, PluginLife> lives) {
    this.parts = parts;
    this.directory = new PluginDirectory(parts.config());
    this.lives = lives;
  }

  Collection<PluginStatus> failures() {
    return failures.values();
  }

  /** Starts what should run; succeeds when each runs or has failed. */
  Future<Void> open() {
    return parts
        .blocking(this::plan)
        .compose(
            plan -> {
              List<Future<?>> started = new ArrayList<>();
              plan.fresh.forEach(plugin -> started.add(startFresh(plugin)));
              plan.wanted.forEach((id, version) -> started.add(startAgain(id, version)));
              return Future.join(started).<Void>transform(any -> parts.blocking(this::clear));
            });
  }

  /** What is new in the folder, and what ran before and is not replaced by it. */
  private static final class Plan {
    private final Set<String> present = new HashSet<>();
    private final Map<String, String> sourceByHash = new HashMap<>();
    private final Map<String, String> sourceById = new HashMap<>();
    private final List<ReadPlugin> fresh = new ArrayList<>();
    private final Map<String, Version> wanted = new LinkedHashMap<>();
  }

  private Plan plan() throws IOException {
    parts.reader().open();
    parts.wanted().load();
    var plan = new Plan();
    for (Path candidate : directory.candidates()) {
      look(plan, candidate);
    }
    for (String id : parts.wanted().ids()) {
      Wanted wanted = parts.wanted().of(id);
      Version run = wanted.run();
      if (run == null || plan.sourceById.containsKey(id)) {
        lives.apply(id).rests();
      } else if (run.source() != null && !plan.present.contains(run.source())) {
        // The file was taken away while the server was down.
        parts.wanted().rest(id);
        parts.wanted().forget(run.source());
        lives.apply(id).rests();
      } else {
        plan.wanted.put(id, run);
      }
    }
    return plan;
  }

  private void look(Plan plan, Path candidate) {
    String source = PluginDirectory.name(candidate);
    plan.present.add(source);
    try {
      PluginArchive archive = parts.reader().copy(source, directory.jars(candidate));
      String twin = plan.sourceByHash.putIfAbsent(archive.sha256(), source);
      if (twin != null) {
        throw new PluginException(
            source, "", "holds the very same as " + twin, "Remove one of the two");
      }
      if (!parts.wanted().seen(source, archive.sha256())) {
        own(plan, source, archive);
      }
    } catch (RuntimeException e) {
      failed(source, e);
    }
  }

  /** Who came first keeps the id. */
  private void own(Plan plan, String source, PluginArchive archive) {
    PluginDescriptor descriptor = archive.descriptor(parts.config());
    String earlier = plan.sourceById.putIfAbsent(descriptor.id(), source);
    if (earlier != null) {
      throw new PluginException(
          source + "!" + PluginDescriptor.ENTRY,
          "/id",
          descriptor.id() + " is taken by " + earlier,
          "Remove one of the two");
    }
    try {
      plan.fresh.add(parts.reader().read(archive));
    } catch (RuntimeException e) {
      lives.apply(descriptor.id()).regret(descriptor.version(), e);
    }
  }

  /** A new version that does not start leaves the field to the one that ran before. */
  private Future<?> startFresh(ReadPlugin plugin) {
    Version before = parts.wanted().of(plugin.id()).run();
    Future<PluginStatus> started =
        lives.apply(plugin.id()).deploy(plugin, DeployOptions.plain(DeployOptions.FOLDER));
    log(plugin, started);
    return before == null
        ? started
        : started.recover(
            failure ->
                startAgain(plugin.id(), before)
                    .onSuccess(
                        any ->
                            lives
                                .apply(plugin.id())
                                .regret(plugin.descriptor().version(), failure)));
  }

  private Future<PluginStatus> startAgain(String id, Version version) {
    return parts
        .blocking(() -> parts.reader().read(parts.reader().find(id, version)))
        .compose(plugin -> lives.apply(id).resume(plugin, version.source()))
        .onFailure(failure -> lives.apply(id).regret(version.version(), failure));
  }

  private @Nullable Void clear() throws IOException {
    parts.reader().keepOnly(parts.wanted().hashes());
    return null;
  }

  /** A file, or folder of jars, has come or changed, and is whole. */
  Future<@Nullable PluginStatus> changed(String source, Path candidate) {
    return parts
        .blocking(() -> parts.reader().copy(source, directory.jars(candidate)))
        .compose(archive -> dealWith(source, archive))
        .onFailure(failure -> failed(source, failure));
  }

  /** A file has gone: what came from it rests. */
  Future<?> removed(String source) {
    failures.remove(source);
    return parts
        .blocking(
            () -> {
              parts.wanted().forget(source);
              return source;
            })
        .compose(
            any ->
                Future.join(
                    parts.wanted().ids().stream()
                        .filter(id -> cameFrom(id, source))
                        .map(id -> lives.apply(id).undeploy())
                        .toList()));
  }

  private boolean cameFrom(String id, String source) {
    Version run = parts.wanted().of(id).run();
    return run != null && source.equals(run.source());
  }

  private Future<@Nullable PluginStatus> dealWith(String source, PluginArchive archive) {
    failures.remove(source);
    if (parts.wanted().seen(source, archive.sha256())) {
      return Future.succeededFuture();
    }
    return parts
        .blocking(() -> parts.reader().read(archive))
        .compose(
            plugin -> {
              Future<PluginStatus> deployed =
                  lives
                      .apply(plugin.id())
                      .deploy(plugin, DeployOptions.plain(DeployOptions.FOLDER));
              log(plugin, deployed);
              return deployed;
            });
  }

  private void log(ReadPlugin plugin, Future<PluginStatus> deployed) {
    deployed.onComplete(
        outcome ->
            parts.log(
                new Deployment(
                    "deploy",
                    plugin.id(),
                    plugin.descriptor().version(),
                    plugin.archive().sha256(),
                    DeployOptions.FOLDER,
                    outcome.failed() ? PluginException.lineOf(outcome.cause()) : null)));
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

  void close() {}
}
