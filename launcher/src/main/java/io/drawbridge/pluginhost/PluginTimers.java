package io.drawbridge.pluginhost;

import io.drawbridge.plugin.PluginContext.Timer;
import io.drawbridge.pluginhost.routing.LoopPulse;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The timers of one instance: they run on its context and end with it. */
final class PluginTimers {

  private static final Logger LOGGER = LoggerFactory.getLogger(PluginTimers.class);
  private static final long PAUSE_MILLIS = 250;

  private final String plugin;
  private final Vertx vertx;
  private final Context context;
  private final LoopPulse pulse;
  private final Set<Running> running = ConcurrentHashMap.newKeySet();
  private volatile boolean paused;
  private volatile boolean ended;

  PluginTimers(String plugin, Context context, LoopPulse pulse) {
    this.plugin = plugin;
    this.vertx = context.owner();
    this.context = context;
    this.pulse = pulse;
  }

  Timer after(Duration delay, Runnable action) {
    Running timer = begin(false);
    timer.id = vertx.setTimer(millis(delay), id -> timer.fire(action, true));
    return timer;
  }

  Timer every(Duration period, Runnable action) {
    Running timer = begin(true);
    timer.id = vertx.setPeriodic(millis(period), id -> timer.fire(action, false));
    return timer;
  }

  private Running begin(boolean again) {
    if (ended) {
      throw new IllegalStateException("plugin " + plugin + " has stopped: it sets no more timers");
    }
    Running timer = new Running(again);
    running.add(timer);
    return timer;
  }

  /** Vert.x counts in milliseconds, from one. */
  private static long millis(Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException("a timer can't wait for " + duration);
    }
    return Math.max(1, duration.toMillis());
  }

  /**
   * Another version has taken over: what runs again and again stops. What runs once may be what a
   * call waits for, and goes on until the calls have ended.
   */
  void retire() {
    running.stream().filter(timer -> timer.again).forEach(Running::cancel);
  }

  /** In quarantine nothing begins: repeated actions are left out, others wait. */
  void pause(boolean on) {
    paused = on;
  }

  void end() {
    ended = true;
    running.forEach(Running::cancel);
  }

  private final class Running implements Timer {

    private final boolean again;
    private final AtomicBoolean live = new AtomicBoolean(true);
    private volatile long id = -1;

    private Running(boolean again) {
      this.again = again;
    }

    private void fire(Runnable action, boolean last) {
      if (paused) {
        if (last) {
          id = vertx.setTimer(PAUSE_MILLIS, same -> fire(action, true));
          if (!live.get()) {
            vertx.cancelTimer(id);
          }
        }
        return;
      }
      if (last) {
        running.remove(this);
      }
      context.runOnContext(nothing -> run(action, last));
    }

    private void run(Runnable action, boolean last) {
      if (paused) {
        // It was on its way when the quarantine began.
        if (last) {
          running.add(this);
          fire(action, true);
        }
        return;
      }
      if (last ? !live.compareAndSet(true, false) : !live.get()) {
        return;
      }
      pulse.enter("a timer");
      try {
        action.run();
      } catch (Throwable e) {
        LOGGER.atError().addKeyValue("plugin", plugin).setCause(e).log("a timer's action failed");
      } finally {
        pulse.leave();
      }
    }

    @Override
    public void cancel() {
      live.set(false);
      running.remove(this);
      vertx.cancelTimer(id);
    }
  }
}
