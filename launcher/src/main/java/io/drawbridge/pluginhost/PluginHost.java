package io.drawbridge.pluginhost;

import io.drawbridge.config.PluginsConfig;
import io.drawbridge.pluginhost.contract.PluginDescriptor;
import io.drawbridge.pluginhost.contract.PluginException;
import io.drawbridge.pluginhost.folder.PluginDirectory;
import io.drawbridge.pluginhost.routing.AddressRouter;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URLConnection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Runs plugins and lets them be changed while they are called: by files in the plugins folder, and
 * by those who have the right to ask. One that does not start is listed with the reason and costs
 * the others nothing.
 */
public final class PluginHost {

  private final HostParts parts;
  private final PluginFolder folder;
  private final Path packed;
  private final Map<String, PluginLife> lives = new ConcurrentHashMap<>();

  /** The order in which plugins first started: they stop the other way round. */
  private final List<PluginLife> started = Collections.synchronizedList(new ArrayList<>());

  /**
   * A host that has yet to be started.
   *
   * @param dataDirectory where private copies of plugins go, under {@code plugins/}
   */
  public PluginHost(Vertx vertx, PluginsConfig config, Path dataDirectory, HostServices services) {
    Path own = dataDirectory.resolve("plugins");
    var loops =
        new LoopWatch(
            config.containment(), (id, number, reason) -> life(id).strikeOut(number, reason));
    this.parts =
        new HostParts(
            vertx,
            config,
            services,
            new PluginReader(config, own, services.settings()),
            new PluginStarter(vertx, config, services, loops),
            new AddressRouter(vertx, services.socketLoop()),
            new AddressClaims(),
            new WantedPlugins(own.resolve("wanted.json"), config.keep()),
            new LoaderProbe(vertx, config.containment().leakSeconds()),
            loops);
    this.packed = dataDirectory.resolve("development");
    this.folder = new PluginFolder(parts, this::life);
    // A cached jar connection keeps the plugin's jar open, and its classes alive, for good.
    URLConnection.setDefaultUseCaches("jar", false);
  }

  /** Starts all plugins side by side; succeeds when each runs or has failed. */
  public Future<Void> start() {
    return parts.onControl(
        () -> {
          parts.router().open();
          parts.loops().start();
          parts.probe().open();
          return folder.open();
        });
  }

  private PluginLife life(String id) {
    return lives.computeIfAbsent(
        id,
        absent -> {
          var life = new PluginLife(absent, parts);
          started.add(life);
          return life;
        });
  }

  /**
   * Deploys a plugin, or the next version of one, once a copy of it has been made.
   *
   * @param jar the file; it may be deleted when the future has ended
   * @return what runs now; or a {@link PluginException} that says in one line why nothing changed
   */
  public Future<PluginStatus> deploy(Path jar, DeployOptions options) {
    String source = PluginDirectory.name(jar);
    String action = options.canaryPercent() > 0 ? "canary" : "deploy";
    return parts.logged(
        Deployment.asked(action, source, options.by()),
        parts
            .blocking(() -> parts.reader().read(parts.reader().copy(source, List.of(jar))))
            .compose(plugin -> deploy(life(plugin.id()), plugin, options)));
  }

  private static Future<PluginStatus> deploy(
      PluginLife life, ReadPlugin plugin, DeployOptions options) {
    return life.deploy(plugin, options).map(life::complete);
  }

  /**
   * Deploys a project that is being written, now and whenever it is compiled.
   *
   * @param project the folder with the build file; {@code target/classes} in it is looked at
   */
  public Future<Void> develop(Path project) {
    return folder.develop(project, packed);
  }

  /** Stops a plugin, over restarts too; ends when what it was asked has been answered. */
  public Future<PluginStatus> undeploy(String id, String by) {
    return change("undeploy", id, by, PluginLife::undeploy);
  }

  /** Goes back to the version that ran before. */
  public Future<PluginStatus> rollback(String id, String by) {
    return change("rollback", id, by, PluginLife::rollback);
  }

  /** Lets a canary serve everybody. */
  public Future<PluginStatus> promote(String id, String by) {
    return change("promote", id, by, PluginLife::promote);
  }

  /** Takes a canary back. */
  public Future<PluginStatus> abort(String id, String by) {
    return change("abort", id, by, PluginLife::abort);
  }

  /** Ends a quarantine. */
  public Future<PluginStatus> lift(String id, String by) {
    return change("lift", id, by, PluginLife::lift);
  }

  private Future<PluginStatus> change(
      String action, String id, String by, Function<PluginLife, Future<PluginStatus>> change) {
    PluginLife life = lives.get(id);
    Future<PluginStatus> changed =
        life == null || !worthTelling(life.steps().status())
            ? Future.failedFuture(PluginException.unknown(id))
            : change.apply(life).map(life::complete);
    return parts.logged(Deployment.asked(action, id, by), changed);
  }

  /** What became of each plugin, by id. */
  public List<PluginStatus> plugins() {
    return Stream.concat(
            lives.values().stream().map(PluginLife::status), folder.failures().stream())
        .filter(PluginHost::worthTelling)
        .sorted(Comparator.comparing(PluginStatus::id))
        .toList();
  }

  /** A name that never became a plugin is nothing to list. */
  private static boolean worthTelling(PluginStatus status) {
    return status.version() != null || status.error() != null;
  }

  /** What became of each plugin's calls. */
  public List<PluginFigures> figures() {
    return lives.values().stream().map(life -> life.steps().figures()).toList();
  }

  /** What the plugins that run say of themselves, by id. */
  public List<PluginDescriptor> contracts() {
    return lives.values().stream()
        .map(life -> life.steps().now().stable())
        .filter(stable -> stable != null)
        .map(stable -> stable.plugin().descriptor())
        .sorted(Comparator.comparing(PluginDescriptor::id))
        .toList();
  }

  /**
   * Stops all plugins, the last one first, after their calls had half the time to end; always
   * succeeds, within {@code plugins.stopSeconds}.
   */
  public Future<Void> stop() {
    return parts.onControl(this::stopAll);
  }

  private Future<Void> stopAll() {
    List<PluginLife> reversed = new ArrayList<>(started);
    Collections.reverse(reversed);
    long millis = parts.stopMillis();
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    folder.close();
    parts.loops().close();
    parts.probe().close();
    Future<?> stopped =
        reversed.isEmpty() ? Future.succeededFuture() : parts.router().idle(millis / 2);
    for (PluginLife life : reversed) {
      stopped = stopped.transform(any -> life.stop(deadline));
    }
    return stopped
        .<Void>transform(any -> Future.succeededFuture())
        .onComplete(any -> parts.router().close());
  }
}
