package io.drawbridge.pluginhost;

import io.drawbridge.config.ContainmentConfig;
import io.drawbridge.pluginhost.WatchedLoop.Hold;
import io.drawbridge.pluginhost.routing.LoopPulse;
import io.vertx.core.Context;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks, from a thread of its own, for plugins that hold an event loop: names them with their
 * stack, and tells when a version does so again and again. One that never returns counts as often
 * as it could have returned. A second in which a version went on publishing at twice its budget
 * counts too.
 */
final class LoopWatch implements AutoCloseable {

  /** Is told of a version that holds loops too often, and why in one line. */
  interface Judge {
    /** Acts, on the watching thread; false if that version does not serve. */
    boolean strikeOut(String plugin, int generation, String reason);
  }

  private static final Logger LOGGER = LoggerFactory.getLogger(LoopWatch.class);
  private static final int LOOKS = 8;
  private static final int FRAMES = 12;

  private final ContainmentConfig config;
  private final Judge judge;
  private final Map<Thread, WatchedLoop> loops = new ConcurrentHashMap<>();
  private final Map<String, Strikes> strikes = new ConcurrentHashMap<>();
  private final Thread thread = new Thread(this::lookOn, "drawbridge-loop-watch");
  private volatile boolean closed;

  /** Nothing is watched yet. */
  LoopWatch(ContainmentConfig config, Judge judge) {
    this.config = config;
    this.judge = judge;
    thread.setDaemon(true);
    thread.setContextClassLoader(LoopWatch.class.getClassLoader());
  }

  void start() {
    thread.start();
  }

  /**
   * Watches an instance of a version, and the event loop that calls this if it lives on one.
   *
   * @param version the name of its class loader
   */
  LoopPulse watch(String version, String plugin, int generation, Context context) {
    strikes.computeIfAbsent(
        version,
        absent -> new Strikes(plugin, generation, config.strikes(), config.strikeSeconds()));
    if (!context.isEventLoopContext()) {
      return new LoopPulse();
    }
    WatchedLoop loop = loops.computeIfAbsent(Thread.currentThread(), WatchedLoop::new);
    loop.add(version, context);
    return loop.pulse();
  }

  /** How many versions live on an event loop. */
  int crowd(Thread loop) {
    WatchedLoop watched = loops.get(loop);
    return watched == null ? 0 : watched.crowd();
  }

  /** How many live on the loop that has the fewest, of those that are used. */
  int leastCrowd() {
    return loops.values().stream()
        .mapToInt(WatchedLoop::crowd)
        .filter(crowd -> crowd > 0)
        .min()
        .orElse(0);
  }

  /** A publish of a version was refused. */
  void refused(String version) {
    Strikes known = strikes.get(version);
    if (known != null) {
      known.refused();
    }
  }

  /** The version has ended. */
  void forget(String version) {
    strikes.remove(version);
    loops.values().forEach(loop -> loop.remove(version));
  }

  /** What the versions of a plugin did before counts no longer. */
  void pardon(String plugin) {
    strikes.values().stream().filter(each -> each.plugin().equals(plugin)).forEach(Strikes::clear);
  }

  private void lookOn() {
    long bound = TimeUnit.MILLISECONDS.toNanos(config.blockedMillis());
    while (!closed) {
      LockSupport.parkNanos(bound / LOOKS);
      loops.values().forEach(loop -> attempt(() -> look(loop, bound)));
      strikes.values().forEach(version -> attempt(() -> look(version)));
    }
  }

  /** Whoever is told must not end the watch over all the others. */
  private static void attempt(Runnable look) {
    try {
      look.run();
    } catch (RuntimeException e) {
      LOGGER.atError().setCause(e).log("a look at a plugin failed");
    }
  }

  private void look(Strikes version) {
    if (!version.floods(config.publishesPerSecond())) {
      return;
    }
    if (version.worthTelling()) {
      LOGGER
          .atWarn()
          .addKeyValue("plugin", version.plugin())
          .addKeyValue("perSecond", config.publishesPerSecond())
          .log("a plugin goes on publishing at more than twice its budget");
    }
    if (version.add(1)) {
      strikeOut(version, flood());
    }
  }

  private void strikeOut(Strikes version, String reason) {
    if (judge.strikeOut(version.plugin(), version.generation(), reason)) {
      version.out();
    }
  }

  private String flood() {
    return "it went on publishing at more than twice its budget of %d messages a second, for %d s. "
            .formatted(config.publishesPerSecond(), config.strikes())
        + "Deploy one that publishes less often, or raise plugins.containment.publishesPerSecond";
  }

  private void look(WatchedLoop loop, long bound) {
    Hold hold = loop.look(bound);
    Strikes version = hold == null ? null : strikes.get(hold.version());
    if (hold == null || version == null) {
      return;
    }
    boolean tooMany = version.add(hold.strikes());
    if (version.worthTelling()) {
      tell(version.plugin(), hold);
    }
    if (tooMany) {
      strikeOut(version, reason(hold));
    }
  }

  private static void tell(String plugin, Hold hold) {
    String stack =
        hold.stack().stream()
            .limit(FRAMES)
            .map(StackTraceElement::toString)
            .collect(Collectors.joining(" < "));
    LOGGER
        .atWarn()
        .addKeyValue("plugin", plugin)
        .addKeyValue("what", hold.what())
        .addKeyValue("ms", hold.millis())
        .addKeyValue("stack", stack)
        .log("a plugin holds an event loop");
  }

  private String reason(Hold hold) {
    return "%s held an event loop for %d ms and more, %d times within %d s, last in %s. "
            .formatted(
                hold.what(),
                config.blockedMillis(),
                config.strikes(),
                config.strikeSeconds(),
                hold.stack().get(0))
        + "Deploy one that does not block, or that is threaded as worker. A thread that never returns"
        + " can't be ended: if this one did not, its event loop is lost until the server restarts";
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }
}
