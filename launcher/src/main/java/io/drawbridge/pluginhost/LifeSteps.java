package io.drawbridge.pluginhost;

import io.drawbridge.pluginhost.WantedPlugins.Version;
import io.drawbridge.pluginhost.contract.PluginDescriptor;
import io.drawbridge.pluginhost.contract.PluginException;
import io.drawbridge.pluginhost.routing.PluginRoute;
import io.drawbridge.pluginhost.routing.Split;
import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The steps that every change of a plugin takes, from whoever it comes:
 *
 * <pre>verify → load → start → warm → swap → drain → stop → close</pre>
 *
 * <p>Up to the swap nothing of the version that runs is touched: a step that fails undoes what the
 * new one began, and its reason is told with the status. The swap is one write. From there on the
 * old version finishes what it took, at its leisure, and the next change may begin. One change at a
 * time calls these; a quarantine comes between.
 */
final class LifeSteps {

  private static final Logger LOGGER = LoggerFactory.getLogger(LifeSteps.class);

  /** What is to be remembered of a change over restarts. */
  enum Remembered {
    NOTHING,
    RUN,
    ROLLBACK
  }

  private final String id;
  private final HostParts parts;
  private final PluginRoute route;
  private final List<Future<?>> draining = new CopyOnWriteArrayList<>();
  private volatile InService now = InService.NOBODY;
  private volatile PluginStatus status;

  /** Why it is in quarantine, as long as it is. */
  private String shutBecause = "";

  private int generations;
  private volatile boolean closing;

  LifeSteps(String id, HostParts parts) {
    this.id = id;
    this.parts = parts;
    this.route = new PluginRoute(id);
    this.status = PluginStatus.stopped(id, null, null);
  }

  PluginStatus status() {
    return status;
  }

  InService now() {
    return now;
  }

  boolean quarantined() {
    return route.split().shut();
  }

  PluginFigures figures() {
    Running serving = now.stable();
    return new PluginFigures(
        id,
        status.generation(),
        route.figures().calls(),
        route.figures().failures(),
        route.refused(),
        parts.probe().leaked(id),
        serving == null ? 0 : serving.target().figures().slowestHundredth());
  }

  /** Verify, load, start, warm: nothing that runs is touched, and what fails is undone. */
  Future<Running> prepare(ReadPlugin next, @Nullable String source, Remembered how, boolean force) {
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
    List<Future<?>> oldestFirst = List.copyOf(draining);
    return oldestFirst.size() < parts.config().changes().draining()
        ? Future.succeededFuture()
        : oldestFirst.get(0).transform(any -> Future.succeededFuture());
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
        .compose(any -> closing ? Future.failedFuture(stopping()) : remember(how, started))
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
  synchronized void regret(String version, Throwable failure) {
    String line = PluginException.lineOf(failure);
    status =
        now.stable() == null
            ? PluginStatus.failed(id, version, line)
            : explained(now.status(status.state(), previous()), version + ": " + line);
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

  Future<Void> remember(Remembered how, Running next) {
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
  synchronized Future<PluginStatus> swap(InService next) {
    boolean shut = quarantined() && next.keeps(now);
    InService was = now;
    now = next;
    parts.services().permissions().offer(id, next.offers());
    parts.router().point(route, next.split().shut(shut));
    next.versions().forEach(each -> each.generation().pause(shut));
    was.without(next).forEach(old -> retire(old, parts.drainMillis(), parts.stopMillis()));
    next.without(was).forEach(each -> log("plugin deployed", each));
    return told(
        shut
            ? next.status(PluginState.QUARANTINED, previous()).because(shutBecause)
            : next.status(PluginState.RUNNING, previous()));
  }

  /** Drain, stop, close. */
  private void retire(Running old, long drainMillis, long stopMillis) {
    old.generation().retire();
    Future<?> ended =
        parts
            .router()
            .drain(route, old.target(), drainMillis)
            .onSuccess(refused -> log("plugin drained, calls refused: " + refused, old))
            .transform(any -> parts.router().release(route))
            .onComplete(any -> parts.claims().keep(id, now.descriptors()))
            .transform(any -> old.generation().stop(stopMillis))
            .onSuccess(any -> parts.probe().watch(id, old.generation().loader()));
    draining.add(ended);
    ended.onComplete(any -> draining.remove(ended));
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

  /** Nobody serves; ends when nothing of it runs any more. */
  synchronized Future<PluginStatus> withdraw(long drainMillis, long stopMillis) {
    InService was = now;
    now = InService.NOBODY;
    parts.router().point(route, Split.NOBODY);
    parts.services().permissions().withdraw(id);
    status = PluginStatus.stopped(id, status.version(), previous());
    was.versions().forEach(old -> retire(old, drainMillis, stopMillis));
    return Future.join(List.copyOf(draining)).transform(any -> Future.succeededFuture(status));
  }

  /**
   * Refuses its calls, and those that it holds. Unlike the other steps it waits for no turn: the
   * change that is under way may be what a plugin delays.
   *
   * @return false if another version serves by now, or none
   */
  synchronized boolean quarantine(int generation, String reason) {
    Running serving = now.stable();
    if (quarantined() || serving == null || serving.generation().number() != generation) {
      return false;
    }
    shut(true);
    parts.router().refuse(route);
    shutBecause = reason;
    status = now.status(PluginState.QUARANTINED, previous()).because(reason);
    return true;
  }

  /** Serves again. */
  synchronized Future<PluginStatus> lift() {
    parts.loops().pardon(id);
    shut(false);
    return told(now.status(PluginState.RUNNING, previous()));
  }

  private void shut(boolean refused) {
    now.versions().forEach(each -> each.generation().pause(refused));
    parts.router().point(route, route.split().shut(refused));
  }

  /** The server stops: what is being prepared shall not serve any more. */
  void close() {
    closing = true;
  }

  private PluginException stopping() {
    return new PluginException("plugin " + id, "", "does not change any more", "The server stops")
        .passing();
  }

  /** Adds why to what is told. */
  synchronized void because(String reason) {
    status = explained(status, reason);
  }

  /** What befalls a plugin in quarantine does not hide why it is there. */
  private PluginStatus explained(PluginStatus told, String reason) {
    return told.because(quarantined() ? shutBecause + ". " + reason : reason);
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
