package io.drawbridge.pluginhost;

import io.drawbridge.pluginhost.LifeSteps.Remembered;
import io.drawbridge.pluginhost.WantedPlugins.Version;
import io.drawbridge.pluginhost.contract.PluginException;
import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of one plugin: whatever anybody wants changed, one change after the other, by the same
 * {@link LifeSteps}.
 */
final class PluginLife {

  private static final Logger LOGGER = LoggerFactory.getLogger(PluginLife.class);
  private static final long LEAST_MILLIS = 50;

  private final String id;
  private final HostParts parts;
  private final InTurn changes;
  private final LifeSteps steps;
  private volatile @Nullable Probation probation;

  PluginLife(String id, HostParts parts) {
    this.id = id;
    this.parts = parts;
    this.changes = new InTurn("plugin " + id, parts.config().changes().waiting(), parts);
    this.steps = new LifeSteps(id, parts);
  }

  LifeSteps steps() {
    return steps;
  }

  /** What became of it, with all that the listing tells. */
  PluginStatus status() {
    return complete(steps.status());
  }

  /** The same with what changes by itself. */
  PluginStatus complete(PluginStatus status) {
    Probation current = probation;
    return status.at(parts.probe().leaked(id), current == null ? null : current.trial());
  }

  /** Lets a version take over, or serve a share of the subjects first. */
  Future<PluginStatus> deploy(ReadPlugin next, DeployOptions options) {
    String source = options.by().equals(DeployOptions.FOLDER) ? next.archive().source() : null;
    boolean tried = options.canaryPercent() > 0;
    return changes.then(
        () -> {
          if (steps.now().canary() != null) {
            return refuse("is trying a canary", "Promote or abort it first");
          }
          if (tried && steps.quarantined()) {
            return refuse("is in quarantine", "Lift that first, or deploy for everybody");
          }
          return tried && steps.now().stable() != null
              ? tryOut(next, source, options)
              : takeOver(next, source, Remembered.RUN, options.force(), watched(options));
        });
  }

  /** Starts what an earlier run of the server left running. */
  Future<PluginStatus> resume(ReadPlugin wanted, @Nullable String source) {
    return changes.then(() -> takeOver(wanted, source, Remembered.NOTHING, true, false));
  }

  /** Goes back to the version that ran before, whatever its schemas say. */
  Future<PluginStatus> rollback() {
    return changes.then(
        () -> {
          List<Version> previous = parts.wanted().of(id).previous();
          if (previous.isEmpty()) {
            return refuse("has no earlier version on the disk", "Deploy the one that you want");
          }
          if (steps.now().canary() != null) {
            return refuse("is trying a canary", "Promote or abort it first");
          }
          Version last = previous.get(0);
          return parts
              .blocking(() -> parts.reader().read(parts.reader().find(id, last)))
              .compose(plugin -> takeOver(plugin, last.source(), Remembered.ROLLBACK, true, false));
        });
  }

  /** Lets the canary serve everybody. */
  Future<PluginStatus> promote() {
    return changes.then(
        () -> {
          Running tried = steps.now().canary();
          return tried == null
              ? refuse("has no canary", "Deploy one with --canary")
              : steps.remember(Remembered.RUN, tried).compose(any -> swap(InService.all(tried)));
        });
  }

  /** Takes the canary back. */
  Future<PluginStatus> abort() {
    return changes.then(
        () -> {
          Running serving = steps.now().stable();
          return serving == null || steps.now().canary() == null
              ? refuse("has no canary", "Deploy one with --canary")
              : swap(InService.all(serving));
        });
  }

  /**
   * Takes a version out of service that hurts others, whatever change is under way: its calls are
   * refused from now on, and those that it holds; a canary is taken back.
   *
   * @return false if that version does not serve
   */
  boolean strikeOut(int generation, String reason) {
    Running tried = steps.now().canary();
    if (tried != null && tried.generation().number() == generation) {
      // If it was promoted meanwhile, it serves everybody.
      abortBecause(reason).onFailure(any -> quarantine(generation, reason));
      return true;
    }
    return quarantine(generation, reason);
  }

  private boolean quarantine(int generation, String reason) {
    String remedy = ". ./run plugins lift " + id + " serves this one again";
    if (!steps.quarantine(generation, reason + remedy)) {
      return false;
    }
    Deployment done = Deployment.asked("quarantine", id, Deployment.HOST);
    parts.logged(done, Future.succeededFuture(steps.status()));
    return true;
  }

  /** Serves again. */
  Future<PluginStatus> lift() {
    return changes.then(
        () ->
            steps.quarantined()
                ? steps.lift()
                : refuse("is not in quarantine", "Look at its state in the listing"));
  }

  /** Lets it rest over restarts too. Ends when nothing of it runs any more. */
  Future<PluginStatus> undeploy() {
    return changes.then(
        () ->
            steps.now().stable() == null && steps.status().state() == PluginState.STOPPED
                ? refuse("does not run", "Look at the listing")
                : parts
                    .blocking(
                        () -> {
                          parts.wanted().rest(id);
                          return id;
                        })
                    .compose(
                        any -> {
                          endProbation();
                          return steps.withdraw(parts.drainMillis(), parts.stopMillis());
                        }));
  }

  /** Takes it out of service until the server starts again; ends in time. */
  Future<PluginStatus> stop(long deadlineNanos) {
    steps.close();
    long left = TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime());
    endProbation();
    return steps
        .withdraw(0, Math.max(LEAST_MILLIS, left))
        .timeout(Math.max(LEAST_MILLIS, left), TimeUnit.MILLISECONDS);
  }

  private Future<PluginStatus> takeOver(
      ReadPlugin next, @Nullable String source, Remembered how, boolean force, boolean watched) {
    Running serving = steps.now().stable();
    if (serving != null && serving.holds(next) && !steps.quarantined()) {
      Running same = serving.from(source);
      parts.loops().pardon(id);
      return steps.remember(how, same).compose(any -> swap(InService.all(same)));
    }
    return steps
        .prepare(next, source, how, force)
        .compose(
            started ->
                swap(InService.all(started))
                    .onSuccess(
                        any -> {
                          if (watched) {
                            watch(serving, started, this::rollBackBecause);
                          }
                        }));
  }

  private Future<PluginStatus> tryOut(
      ReadPlugin next, @Nullable String source, DeployOptions options) {
    int percent = options.canaryPercent();
    return steps
        .prepare(next, source, Remembered.NOTHING, options.force())
        .compose(
            tried ->
                swap(new InService(steps.now().stable(), tried, percent))
                    .onSuccess(any -> watch(steps.now().stable(), tried, this::abortBecause)));
  }

  /** Nothing is on probation while it is being written. */
  private static boolean watched(DeployOptions options) {
    return !options.by().equals(DeployOptions.DEVELOPMENT);
  }

  /** What has just begun to serve is compared with what served before. */
  private void watch(@Nullable Running before, Running tried, Consumer<String> worse) {
    if (before != null) {
      probation =
          Probation.begin(
              parts.vertx(),
              parts.config().probation(),
              before.target().figures(),
              tried.target().figures(),
              worse);
    }
  }

  private Future<PluginStatus> swap(InService next) {
    endProbation();
    return steps.swap(next);
  }

  private void endProbation() {
    Probation current = probation;
    if (current != null) {
      current.end();
      probation = null;
    }
  }

  private void rollBackBecause(String reason) {
    tell("rollback", reason, this::rollback);
  }

  private Future<PluginStatus> abortBecause(String reason) {
    return tell("abort", reason, this::abort);
  }

  private Future<PluginStatus> tell(
      String action, String reason, Supplier<Future<PluginStatus>> change) {
    String version = String.valueOf(steps.now().newest());
    LOGGER
        .atWarn()
        .addKeyValue("plugin", id)
        .addKeyValue("version", version)
        .addKeyValue("error", reason)
        .log("plugin failed its probation");
    return parts.logged(
        Deployment.asked(action, id, Deployment.HOST),
        change
            .get()
            .onSuccess(any -> steps.because(version + " was taken back on probation: " + reason)));
  }

  private <T> Future<T> refuse(String problem, String remedy) {
    return Future.failedFuture(new PluginException("plugin " + id, "", problem, remedy).passing());
  }
}
