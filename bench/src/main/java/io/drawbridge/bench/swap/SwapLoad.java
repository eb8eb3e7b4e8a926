package io.drawbridge.bench.swap;

import io.drawbridge.bench.BenchException;
import io.drawbridge.bench.LoadLoop;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/**
 * A steady load of real WebSocket clients on the plugin that is swapped, on a thread of its own:
 * requests, one-way sends and publishes, each at its rate whether answers come or not.
 *
 * <p>Every message has its sender's number. Whoever gets it, the sender of a request, the handler,
 * or a listener, checks that it comes once and in order; {@link #finish} waits for the last one and
 * says what was amiss.
 */
public final class SwapLoad implements AutoCloseable {

  private static final Duration SLICE = Duration.ofMillis(20);
  private static final Duration CONNECT = Duration.ofSeconds(20);
  private static final Duration SETTLE = Duration.ofMinutes(1);

  private final String run = Long.toString(System.nanoTime(), Character.MAX_RADIX);
  private final LoadLoop loop = new LoadLoop();
  private final SwapFindings findings = new SwapFindings();
  private final SingleWriterRecorder latency = new SingleWriterRecorder(3);
  private final SingleWriterRecorder lateness = new SingleWriterRecorder(3);
  private final List<SwapSender> senders = new ArrayList<>();
  private final List<SwapListener> listeners = new ArrayList<>();
  private final Progress progress = new Progress();
  private final SwapCensus census;
  private final Rates rates;
  private final Duration settleBound;
  private final Thread thread = new Thread(this::work, "load");
  private final CompletableFuture<SwapOutcome> outcome = new CompletableFuture<>();
  private volatile boolean sending = true;

  /**
   * What is sent in a second, by all senders together.
   *
   * @param requests to an address that the plugin answers
   * @param sends one-way, to an address that the plugin serves
   * @param publishes to an address at which every listener is registered
   */
  public record Rates(int requests, int sends, int publishes) {}

  private SwapLoad(int port, int senderCount, int listenerCount, Rates rates, Duration settleBound)
      throws IOException {
    this.rates = rates;
    this.settleBound = settleBound;
    for (int i = 0; i < listenerCount; i++) {
      listeners.add(new SwapListener("listener " + i, loop, port, findings));
    }
    for (int i = 0; i < senderCount; i++) {
      senders.add(new SwapSender(run + "-" + i, loop, port, findings, latency));
    }
    census = new SwapCensus(loop, port, findings, settleBound);
  }

  /** Connects all sessions and begins. */
  public static SwapLoad start(int port, int senders, int listeners, Rates rates)
      throws IOException {
    return start(port, senders, listeners, rates, SETTLE);
  }

  /** As above, with the time that what is on its way at the end may take. */
  static SwapLoad start(int port, int senders, int listeners, Rates rates, Duration settleBound)
      throws IOException {
    SwapLoad load = new SwapLoad(port, senders, listeners, rates, settleBound);
    try {
      load.loop.runUntil(
          "every listener's registration",
          CONNECT,
          () -> load.listeners.stream().allMatch(SwapListener::registered));
    } catch (IOException | RuntimeException e) {
      load.loop.close();
      throw e;
    }
    load.thread.start();
    return load;
  }

  private void work() {
    try {
      send();
      settle();
      census.take(run, senders);
      senders.forEach(SwapSender::account);
      listeners.forEach(listener -> listener.account(senders));
      outcome.complete(outcome());
    } catch (IOException | RuntimeException e) {
      outcome.completeExceptionally(e);
    }
  }

  private void send() throws IOException {
    long began = System.nanoTime();
    Pace requests = new Pace(rates.requests, began);
    Pace sends = new Pace(rates.sends, began);
    Pace publishes = new Pace(rates.publishes, began);
    Rotation<SwapSender> asking = new Rotation<>(senders);
    Rotation<SwapSender> telling = new Rotation<>(senders);
    Rotation<SwapSender> publishing = new Rotation<>(senders);
    while (sending) {
      loop.run(
          SLICE,
          1,
          () -> {
            long now = System.nanoTime();
            lateness.recordValue(requests.lateness(now));
            asking.next(requests.take(now), SwapSender::ask);
            telling.next(sends.take(now), SwapSender::tell);
            publishing.next(publishes.take(now), SwapSender::publish);
            progress.at(senders.stream().mapToLong(SwapSender::replies).sum());
          });
    }
  }

  /** Waits for what is still on its way, but not for ever: what does not come is counted later. */
  private void settle() throws IOException {
    long end = System.nanoTime() + settleBound.toNanos();
    while (!settled() && System.nanoTime() < end) {
      loop.run(SLICE, SLICE.toMillis(), () -> {});
    }
  }

  private boolean settled() {
    return senders.stream().allMatch(SwapSender::settled)
        && listeners.stream().allMatch(listener -> listener.settled(senders));
  }

  private SwapOutcome outcome() {
    Map<String, Long> versions = new HashMap<>();
    senders.forEach(
        sender ->
            sender
                .repliesByVersion()
                .forEach((key, count) -> versions.merge(key, count, Long::sum)));
    return new SwapOutcome(
        senders.stream().mapToLong(SwapSender::requests).sum(),
        senders.stream().mapToLong(SwapSender::sends).sum(),
        senders.stream().mapToLong(SwapSender::publishes).sum(),
        listeners.stream().mapToLong(SwapListener::heard).sum(),
        findings.failed,
        findings.lost,
        findings.doubled,
        findings.disordered,
        Collections.unmodifiableMap(versions),
        findings.told());
  }

  /** Waits until so many more requests have been answered, and fails if that takes too long. */
  public void awaitReplies(long more) throws InterruptedException {
    progress.await(more, SETTLE);
  }

  /** The requests' latencies in nanoseconds since this was asked last. */
  public Histogram latencies() {
    return latency.getIntervalHistogram();
  }

  /** By how many nanoseconds the generator itself was late, since this was asked last. */
  public Histogram lateness() {
    return lateness.getIntervalHistogram();
  }

  /** Sends nothing more, waits for what is on its way, and says what it all came to. */
  public SwapOutcome finish() throws InterruptedException {
    sending = false;
    try {
      return outcome.get(2 * SETTLE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new BenchException("the load did not come to its end: " + e);
    }
  }

  /** Ends the load and closes every connection. */
  @Override
  public void close() throws IOException {
    sending = false;
    try {
      thread.join(2 * SETTLE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    loop.close();
  }
}
