package io.drawbridge.testkit;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** A load that runs: sends at its pace from a thread of its own, until it is told to end. */
final class LoadRun implements AutoCloseable {

  private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  private final Load load;
  private final List<Browser> browsers = new ArrayList<>();
  private final Map<String, Long> failures = new HashMap<>();
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong answered = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final Thread thread = new Thread(this::send, "drawbridge-testkit-load");
  private volatile boolean ended;

  private LoadRun(Load load) {
    this.load = load;
  }

  /** Connects all browsers and begins. */
  static LoadRun start(Load load, Supplier<Browser> browser) {
    LoadRun run = new LoadRun(load);
    for (int i = 0; i < load.browsers(); i++) {
      run.browsers.add(browser.get());
    }
    run.thread.setDaemon(true);
    run.thread.start();
    return run;
  }

  @SuppressWarnings("FutureReturnValueIgnored") // Each is counted when it ends; end() waits for it.
  private void send() {
    long begun = System.nanoTime();
    while (!ended) {
      long due = (System.nanoTime() - begun) * load.perSecond() / TimeUnit.SECONDS.toNanos(1);
      while (sent.get() < due && !ended) {
        long number = sent.incrementAndGet();
        Browser from = browsers.get((int) (number % browsers.size()));
        from.ask(load.address(), load.body().apply(number)).whenComplete(this::count);
      }
      LockSupport.parkNanos(TICK_NANOS);
    }
  }

  private void count(JsonObject reply, Throwable failure) {
    if (failure == null) {
      answered.incrementAndGet();
    } else if (failure instanceof RefusedException refusal) {
      synchronized (failures) {
        failures.merge(String.valueOf(refusal.getMessage()), 1L, Long::sum);
      }
      failed.incrementAndGet();
    }
  }

  /** Waits until so many more have ended, one way or the other. */
  void awaitMore(long count) {
    long wanted = answered.get() + failed.get() + count;
    await(() -> answered.get() + failed.get() >= wanted);
  }

  /** Sends no more, waits for what is under way, and says what became of it all. */
  LoadReport end() {
    ended = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw Interrupted.error(e);
    }
    await(() -> answered.get() + failed.get() >= sent.get());
    long twice = browsers.stream().mapToLong(Browser::answeredTwice).sum();
    long lost = sent.get() - answered.get() - failed.get();
    synchronized (failures) {
      return new LoadReport(sent.get(), answered.get(), failed.get(), lost, twice, failures);
    }
  }

  /** Or until a browser would have given up. */
  private static void await(Supplier<Boolean> condition) {
    long end = System.nanoTime() + Browser.PATIENCE.toNanos();
    while (!condition.get() && System.nanoTime() < end) {
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
  }

  @Override
  public void close() {
    ended = true;
    CompletableFuture.allOf(
            browsers.stream()
                .map(each -> CompletableFuture.runAsync(each::close))
                .toArray(CompletableFuture<?>[]::new))
        .join();
  }
}
