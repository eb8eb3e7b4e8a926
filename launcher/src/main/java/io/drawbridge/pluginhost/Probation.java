package io.drawbridge.pluginhost;

import io.drawbridge.config.ProbationConfig;
import io.drawbridge.pluginhost.routing.CallFigures;
import io.vertx.core.Vertx;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Compares what a new version makes of its calls with what the one before made of them, for a while
 * after it has begun to serve, and tells once if it does worse.
 */
final class Probation {

  private static final long LOOK_MILLIS = 250;
  private static final double PERCENT = 100;

  private final Vertx vertx;
  private final ProbationConfig config;
  private final CallFigures before;
  private final CallFigures tried;
  private final long end;
  private long timer;
  private volatile boolean ended;

  private Probation(Vertx vertx, ProbationConfig config, CallFigures before, CallFigures tried) {
    this.vertx = vertx;
    this.config = config;
    this.before = before;
    this.tried = tried;
    this.end = System.nanoTime() + TimeUnit.SECONDS.toNanos(config.seconds());
  }

  /**
   * Begins to watch, if the settings want that.
   *
   * @param worse is told why in a sentence without a full stop, once, if the new version does worse
   */
  static Probation begin(
      Vertx vertx,
      ProbationConfig config,
      CallFigures before,
      CallFigures tried,
      Consumer<String> worse) {
    var probation = new Probation(vertx, config, before, tried);
    probation.ended = config.seconds() == 0;
    if (!probation.ended) {
      probation.timer = vertx.setPeriodic(LOOK_MILLIS, id -> probation.look(worse));
    }
    return probation;
  }

  private void look(Consumer<String> worse) {
    String verdict = verdict();
    if (verdict != null || System.nanoTime() - end >= 0) {
      end();
    }
    if (verdict != null) {
      worse.accept(verdict);
    }
  }

  /** Watches no longer. */
  void end() {
    ended = true;
    vertx.cancelTimer(timer);
  }

  /** How far it has come; null when it is over. */
  PluginStatus.@Nullable Trial trial() {
    long left = TimeUnit.NANOSECONDS.toSeconds(end - System.nanoTime());
    return ended || left < 0 ? null : new PluginStatus.Trial(tried.calls(), config.calls(), left);
  }

  private @Nullable String verdict() {
    if (tried.calls() < config.calls()) {
      return null;
    }
    double allowed = before.failedShare() + config.errorShare();
    if (tried.failedShare() > allowed) {
      return String.format(
          Locale.ROOT,
          "%.1f %% of %d calls failed, and %.1f %% may",
          PERCENT * tried.failedShare(),
          tried.calls(),
          PERCENT * allowed);
    }
    long slow = tried.slowestHundredth();
    long most =
        Math.max(
            TimeUnit.MILLISECONDS.toNanos(config.p99FloorMillis()),
            (long) (before.slowestHundredth() * config.p99Factor()));
    return before.calls() >= config.calls() && slow > most
        ? String.format(
            Locale.ROOT,
            "the slowest hundredth took %d ms, and %d ms are allowed",
            TimeUnit.NANOSECONDS.toMillis(slow),
            TimeUnit.NANOSECONDS.toMillis(most))
        : null;
  }
}
