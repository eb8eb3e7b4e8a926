package io.drawbridge.launcher;

import io.drawbridge.config.ConfigException;
import io.vertx.core.Future;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the steps of a start one after the other, with its name on everything that goes wrong. */
final class Steps {

  private static final Logger LOGGER = LoggerFactory.getLogger(Steps.class);
  private static final int BOUND_SECONDS = 120;

  private final long begun = System.nanoTime();

  /** Something that may fail. */
  @FunctionalInterface
  interface Action {
    void run() throws Exception;
  }

  <T> T call(String name, Callable<T> step) {
    long from = System.nanoTime();
    try {
      T result = step.call();
      LOGGER.atDebug().addKeyValue("step", name).addKeyValue("ms", since(from)).log("started");
      return result;
    } catch (StartupException e) {
      throw e;
    } catch (ConfigException e) {
      throw StartupException.misconfigured(String.valueOf(e.getMessage()));
    } catch (TimeoutException e) {
      throw StartupException.failed(name + ": not ready after " + BOUND_SECONDS + " s", e);
    } catch (Exception e) {
      String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      throw StartupException.failed(name + ": " + reason, e);
    }
  }

  void run(String name, Action step) {
    call(
        name,
        () -> {
          step.run();
          return name;
        });
  }

  <T> T await(String name, Callable<Future<T>> step) {
    return call(name, () -> step.call().await(BOUND_SECONDS, TimeUnit.SECONDS));
  }

  /** Milliseconds since the first step. */
  long millis() {
    return since(begun);
  }

  private static long since(long nanos) {
    return (System.nanoTime() - nanos) / 1_000_000;
  }
}
