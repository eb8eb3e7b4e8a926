package io.drawbridge.pluginhost;

import io.drawbridge.pluginhost.WantedPlugins.Version;
import io.drawbridge.pluginhost.contract.PluginDescriptor;
import io.drawbridge.pluginhost.contract.PluginException;
import io.drawbridge.pluginhost.routing.PluginRoute;
import io.drawbridge.pluginhost.routing.Split;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of one plugin. Whoever wants a change, it takes the same steps, one change after the
 * other:
 *
 * <pre>verify → load → start → warm → swap → drain → stop → close</pre>
 *
 * <p>Up to the swap nothing of the version that runs is touched: a step that fails undoes what the
 * new one began, and its reason is told with the status. The swap is one write. From there on the
 * old version finishes what it took, at its leisure, and the next change may begin.
 */
final class PluginLife {

  private static final Logger LOGGER = LoggerFactory.getLogger(PluginLife.class);
  private static final int MOST_WAITING = 16;
  private static final int MOST_DRAINING = 4;
  private static final long LEAST_MILLIS = 50;

  /** What is to be remembered of a change over restarts. */
  private enum Remembered {
    NOTHING,
    RUN,
    ROLLBACK
  }

  private final String id;
  private final HostParts parts;
  private final PluginRoute route;
  private final InTurn changes;
  private final List<Future<?>> draining = new ArrayList<>();

  /** Written only by the change whose turn it is. */
  private volatile InService now = InService.NOBODY;

  private volatile PluginStatus status;
  private int generations;

  PluginLife(String id, HostParts parts) {
    this.id = id;
    this.parts = parts;
    this.route = new PluginRoute(id);
    this.changes = new InTurn("plugin " + id, MOST_WAITING);
    this.status = PluginStatus.stopped(id, null, null);
  }

  PluginStatus status() {
    return status;
  }

  InService now() {
    return now;
  }

  /** Lets a version take over, or serve a share of the subjects first. */
  Future<PluginStatus> deploy(ReadPlugin next, DeployOptions options) {
    String source = options.by().equals(DeployOptions.FOLDER) ? next.archive().source() : null;
    boolean tried = options.canaryPercent() > 0;
    return changes.then(
        () -> {
          if (now.canary() != null) {
            return refuse("is trying a canary", "Promote or abort it first");
          }
          return tried && now.stable() != null
              ? tryOut(next, source, options)
              : takeOver(next, source, Remembered.RUN, options.force());
        });
  }

  /** Starts what an earlier run of the server left running. */
  Future<PluginStatus> resume(ReadPlugin wanted, @Nullable String source) {
    return changes.then(() -> takeOver(wanted, source, Remembered.NOTHING, true));
  }

  /** Goes back to the version that ran before, whatever its schemas say. */
  Future<PluginStatus> rollback() {
    return changes.then(
        () -> {
          List<Version> previous = parts.wanted().of(id).previous();
          if (previous.isEmpty()) {
            return refuse("has no earlier version on the disk", "Deploy the one that you want");
          }
          if (now.canary() != null) {
            return refuse("is trying a canary", "Promote or abort it first");
          }
          Version last = previous.get(0);
          return parts
              .blocking(() -> parts.reader().read(parts.reader().find(id, last)))
              .compose(plugin -> takeOver(plugin, last.source(), Remembered.ROLLBACK, true));
        });
  }

  /** Lets the canary serve everybody. */
  Future<PluginStatus> promote() {
    return changes.then(
        () -> {
          Running tried = now.canary();
          return tried == null
              ? refuse("has no canary", "Deploy one with --canary")
              : remember(Remembered.RUN, tried).compose(any -> swap(InService.all(tried)));
        });
  }

  /** Takes the canary back. */
  Future<PluginStatus> abort() {
    return changes.then(
        () -> {
          Running serving = now.stable();
          return serving == null || now.canary() == null
              ? refuse("has no canary", "Deploy one with --canary")
              : swap(InService.all(serving));
        });
  }

  /** Refuses its calls from now on, and those that it holds. */
  Future<PluginStatus> quarantine(String reason) {
    return changes.then(
        () -> {
          if (now.stable() == null || route.split().shut()) {
            return Future.succeededFuture(status);
          }
          parts.router().point(route, route.split().shut(true));
          parts.router().refuse(route);
          return told(now.status(PluginState.QUARANTINED, previous()).because(reason));
        });
  }

  /** Serves again. */
  Future<PluginStatus> lift() {
    return changes.then(
        () -> {
          if (!route.split().shut()) {
            return refuse("is not in quarantine", "Look at its state in the listing");
          }
          parts.router().point(route, route.split().shut(false));
          return told(now.status(PluginState.RUNNING, previous()));
        });
  }

  /** Lets it rest over restarts too. Ends when nothing of it runs any more. */
  Future<PluginStatus> undeploy() {
    return changes.then(
        () ->
            now.stable() == null && status.state() == PluginState.STOPPED
                ? refuse("does not run", "Look at the listing")
                : parts
                    .blocking(
                        () -> {
                          parts.wanted().rest(id);
                          return id;
                        })
                    .compose(any -> withdraw(parts.drainMillis(), parts.stopMillis())));
  }

  /** Takes it out of service until the server starts again; ends in time. */
  Future<PluginStatus> stop(long deadlineNanos) {
    long left = TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime());
    return withdraw(0, Math.max(LEAST_MILLIS, left))
        .timeout(Math.max(LEAST_MILLIS, left), TimeUnit.MILLISECONDS);
  }

  private Future<PluginStatus> withdraw(long drainMillis, long stopMillis) {
    InService was = now;
    now = InService.NOBODY;
    parts.router().point(route, Split.NOBODY);
    parts.services().permissions().withdraw(id);
    status = PluginStatus.stopped(id, status.version(), previous());
    was.versions().forEach(old -> retire(old, drainMillis, stopMillis));
    return Future.join(List.copyOf(draining)).transform(any -> Future.succeededFuture(status));
  }

  // --- the steps ---

  private Future<PluginStatus> takeOver(
      ReadPlugin next, @Nullable String source, Remembered how, boolean force) {
    Running serving = now.stable();
    if (serving != null && serving.holds(next) && !route.split().shut()) {
      Running same = serving.from(source);
      return remember(how, same).compose(any -> swap(InService.all(same)));
    }
    return prepare(next, source, how, force).compose(started -> swap(InService.all(started)));
  }

  private Future<PluginStatus> tryOut(
      ReadPlugin next, @Nullable String source, DeployOptions options) {
    int percent = options.canaryPercent();
    return prepare(next, source, Remembered.NOTHING, options.force())
        .compose(tried -> swap(new InService(now.stable(), tried, percent)));
  }

  /** Verify, load, start, warm: nothing that runs is touched, and what fails is undone. */
  private Future<Running> prepare(
      ReadPlugin next, @Nullable String source, Remembered how, boolean force) {
    if (now.stable() == null) {
      status = PluginStatus.starting(next);
    }
    return room()
        .compose(any -> verify(next, force))
        .compose(any -> parts.starter().start(next, generations + 1))
        .compose(generation -> warm(next, generation, source, how))
        .recover(failure -> failed(next, failure));
  }

  /** So many versions may be draining at once; the next waits for the oldest. */
  private Future<?> room() {
    draining.removeIf(Future::isComplete);
    return draining.size() < MOST_DRAINING
        ? Future.succeededFuture()
        : draining.get(0).transform(any -> Future.succeededFuture());
  }

  private Future<Void> verify(ReadPlugin next, boolean force) {
    String file = next.archive().source() + "!" + PluginDescriptor.ENTRY;
    Running serving = now.stable();
    if (!force && serving != null) {
      next.checkClients(file, serving.plugin().descriptor());
    }
    parts.claims().claim(file, next.descriptor());
    return Future.succeededFuture();
  }

  /** The bus knows its addresses, and the disk that it shall run, before it is pointed at. */
  private Future<Running> warm(
      ReadPlugin plugin, Generation generation, @Nullable String source, Remembered how) {
    generations = generation.number();
    var started = new Running(plugin, generation, generation.target(parts.limits()), source);
    return parts
        .router()
        .consume(route, started.target())
        .compose(any -> remember(how, started))
        .map(started)
        .recover(
            failure ->
                parts
                    .router()
                    .release(route)
                    .transform(any -> generation.stop(parts.stopMillis()))
                    .transform(any -> Future.failedFuture(failure)));
  }

  private <T> Future<T> failed(ReadPlugin next, Throwable failure) {
    parts.claims().keep(id, now.descriptors());
    regret(next.descriptor().version(), failure);
    return Future.failedFuture(failure);
  }

  /** A version that should have run does not; whatever runs goes on. */
  void regret(String version, Throwable failure) {
    String line = PluginException.lineOf(failure);
    status =
        now.stable() == null
            ? PluginStatus.failed(id, version, line)
            : now.status(status.state(), previous()).because(version + ": " + line);
    var log = LOGGER.atError().addKeyValue("plugin", id).addKeyValue("version", version);
    if (!PluginException.explains(failure)) {
      log = log.setCause(failure);
    }
    log.addKeyValue("error", line).log("plugin failed");
  }

  /** It was told to rest before the server started. */
  void rests() {
    status = PluginStatus.stopped(id, previous(), previous());
  }

  private Future<Void> remember(Remembered how, Running next) {
    return parts.blocking(
        () -> {
          if (how == Remembered.RUN) {
            parts.wanted().run(id, next.version());
          } else if (how == Remembered.ROLLBACK) {
            parts.wanted().rolledBack(id, next.version());
          }
          return null;
        });
  }

  /** One write, and others serve; whoever does no longer is retired. */
  private Future<PluginStatus> swap(InService next) {
    InService was = now;
    now = next;
    parts.services().permissions().offer(id, next.offers());
    parts.router().point(route, next.split());
    was.without(next).forEach(old -> retire(old, parts.drainMillis(), parts.stopMillis()));
    next.without(was).forEach(each -> log("plugin deployed", each));
    return told(next.status(PluginState.RUNNING, previous()));
  }

  /** Drain, stop, close. */
  private void retire(Running old, long drainMillis, long stopMillis) {
    old.generation().retire();
    draining.removeIf(Future::isComplete);
    draining.add(
        parts
            .router()
            .drain(route, old.target(), drainMillis)
            .onSuccess(refused -> log("plugin drained, calls refused: " + refused, old))
            .transform(any -> parts.router().release(route))
            .onComplete(any -> parts.claims().keep(id, now.descriptors()))
            .transform(any -> old.generation().stop(stopMillis)));
  }

  private void log(String what, Running version) {
    LOGGER
        .atInfo()
        .addKeyValue("plugin", id)
        .addKeyValue("version", version.plugin().descriptor().version())
        .addKeyValue("generation", version.generation().number())
        .addKeyValue("sha256", version.plugin().archive().sha256())
        .log(what);
  }

  private <T> Future<T> refuse(String problem, String remedy) {
    return Future.failedFuture(new PluginException("plugin " + id, "", problem, remedy));
  }

  private Future<PluginStatus> told(PluginStatus next) {
    status = next;
    return Future.succeededFuture(next);
  }

  private @Nullable String previous() {
    List<Version> previous = parts.wanted().of(id).previous();
    return previous.isEmpty() ? null : previous.get(0).version();
  }
}
