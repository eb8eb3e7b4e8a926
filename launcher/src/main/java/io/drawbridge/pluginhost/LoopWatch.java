package io.drawbridge.pluginhost;

import io.drawbridge.config.ContainmentConfig;
import io.drawbridge.pluginhost.routing.AddressRouter;
import io.drawbridge.pluginhost.routing.Stuck;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks, from a thread of its own, for handlers that hold an event loop: names them with their
 * stack, and tells once that a plugin does so again and again. One that never returns counts as
 * often as it could have returned.
 */
final class LoopWatch implements AutoCloseable {

  private static final Logger LOGGER = LoggerFactory.getLogger(LoopWatch.class);
  private static final int LOOKS = 4;
  private static final int FRAMES = 12;

  private final AddressRouter router;
  private final ContainmentConfig config;
  private final BiConsumer<String, String> quarantine;
  private final Map<String, Deque<Long>> strikes = new HashMap<>();
  private final Thread thread = new Thread(this::watch, "drawbridge-loop-watch");
  private volatile boolean closed;

  /**
   * Nothing is watched yet.
   *
   * @param quarantine is told of a plugin and why in one line; runs on the watching thread
   */
  LoopWatch(AddressRouter router, ContainmentConfig config, BiConsumer<String, String> quarantine) {
    this.router = router;
    this.config = config;
    this.quarantine = quarantine;
    thread.setDaemon(true);
    thread.setContextClassLoader(LoopWatch.class.getClassLoader());
  }

  void start() {
    thread.start();
  }

  private void watch() {
    long pause = TimeUnit.MILLISECONDS.toNanos(config.blockedMillis()) / LOOKS;
    while (!closed) {
      LockSupport.parkNanos(pause);
      try {
        router.stuck(TimeUnit.MILLISECONDS.toNanos(config.blockedMillis())).forEach(this::strike);
      } catch (RuntimeException e) {
        // Whoever is told must not end the watch over all the others.
        LOGGER.atError().setCause(e).log("a look at the event loops failed");
      }
    }
  }

  private void strike(Stuck stuck) {
    LOGGER
        .atWarn()
        .addKeyValue("plugin", stuck.plugin())
        .addKeyValue("address", stuck.address())
        .addKeyValue("ms", stuck.millis())
        .addKeyValue(
            "stack",
            stuck.stack().stream()
                .limit(FRAMES)
                .map(StackTraceElement::toString)
                .collect(Collectors.joining(" < ")))
        .log("a handler holds an event loop");
    long now = System.nanoTime();
    Deque<Long> times = strikes.computeIfAbsent(stuck.plugin(), absent -> new ArrayDeque<>());
    times.removeIf(time -> now - time > TimeUnit.SECONDS.toNanos(config.strikeSeconds()));
    for (int i = 0; i < stuck.strikes(); i++) {
      times.add(now);
    }
    if (times.size() >= config.strikes()) {
      times.clear();
      quarantine.accept(stuck.plugin(), reason(stuck));
    }
  }

  private String reason(Stuck stuck) {
    return "its handler of %s held an event loop for %d ms and more, %d times within %d s, last at %s. "
            .formatted(
                stuck.address(),
                config.blockedMillis(),
                config.strikes(),
                config.strikeSeconds(),
                stuck.stack().isEmpty() ? "an unknown place" : stuck.stack().get(0))
        + "Deploy one that does not block, or that is threaded as worker; or lift the quarantine";
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }
}
