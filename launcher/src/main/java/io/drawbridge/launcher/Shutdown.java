package io.drawbridge.launcher;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has to be undone, in the reverse order of the start: each step of {@link Startup} leaves its
 * counterpart here. All of it together has one budget of time; a step that fails or that time runs
 * out for is logged, and the next one has its turn.
 */
final class Shutdown {

  private static final Logger LOGGER = LoggerFactory.getLogger(Shutdown.class);
  private static final long LEAST_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private record Step(String name, Callable<Future<?>> action) {}

  private Duration budget;
  private final Deque<Step> steps = new ArrayDeque<>();

  /** All steps together may take this long. */
  Shutdown(Duration budget) {
    this.budget = budget;
  }

  /** The settings are read by now: all steps together may take this long instead. */
  synchronized void within(Duration newBudget) {
    budget = newBudget;
  }

  /** Runs before everything that was added earlier. */
  synchronized void add(String name, Callable<Future<?>> action) {
    steps.push(new Step(name, action));
  }

  /** The same for something that ends at once. */
  void close(String name, AutoCloseable part) {
    add(
        name,
        () -> {
          part.close();
          return Future.succeededFuture();
        });
  }

  /** Runs each step once; blocks until the last has ended or its time is over. */
  synchronized void run() {
    long deadline = System.nanoTime() + budget.toNanos();
    while (!steps.isEmpty()) {
      Step step = steps.pop();
      long left = Math.max(LEAST_NANOS, deadline - System.nanoTime());
      try {
        step.action.call().await(left, TimeUnit.NANOSECONDS);
        LOGGER.atDebug().addKeyValue("step", step.name).log("stopped");
      } catch (Exception e) {
        LOGGER.atWarn().addKeyValue("step", step.name).setCause(e).log("did not stop cleanly");
      }
    }
  }
}
