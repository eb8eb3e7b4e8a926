package io.drawbridge.ops;

import io.drawbridge.bridge.BridgeListener;
import io.drawbridge.http.RefusalListener;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Counts what happens on the bridge. A frame costs a few uncontended additions here; whoever wants
 * to see the sums asks {@link MetricsPage}.
 */
public final class BridgeMetrics implements BridgeListener {

  /** The upper ends of the ping histogram's buckets, in milliseconds; the last has none. */
  static final long[] PING_BOUNDS = {1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000};

  /** A refusal as the metrics tell them apart: both are words and numbers of the protocol. */
  record Refusal(String word, int code) {}

  final Map<Event, LongAdder> events = new EnumMap<>(Event.class);
  final Map<String, LongAdder> connections = new ConcurrentHashMap<>();
  final Map<Refusal, LongAdder> refusals = new ConcurrentHashMap<>();
  final Map<RefusalListener.Refusal, LongAdder> turnedAway = new ConcurrentHashMap<>();
  final Map<Integer, LongAdder> closes = new ConcurrentHashMap<>();
  final LongAdder framesIn = new LongAdder();
  final LongAdder bytesIn = new LongAdder();
  final LongAdder framesOut = new LongAdder();
  final LongAdder bytesOut = new LongAdder();
  final LongAdder queuedBytes = new LongAdder();
  final LongAdder[] pings = new LongAdder[PING_BOUNDS.length + 1];
  final LongAdder pingMillis = new LongAdder();

  public BridgeMetrics() {
    // Deliveries are counted as they are written, many in one go: see framesOut.
    for (Event event : EnumSet.complementOf(EnumSet.of(Event.RECEIVE))) {
      events.put(event, new LongAdder());
    }
    for (int i = 0; i < pings.length; i++) {
      pings[i] = new LongAdder();
    }
  }

  @Override
  public void happened(Event event, Source source, @Nullable String address) {
    if (event == Event.RECEIVE) {
      return;
    }
    LongAdder counter = events.get(event);
    if (counter != null) {
      counter.increment();
    }
    if (event == Event.SOCKET_CREATED) {
      count(connections, source.transport());
    } else if (event == Event.SOCKET_CLOSED) {
      connections.computeIfAbsent(source.transport(), transport -> new LongAdder()).decrement();
    }
  }

  @Override
  public void refused(
      Source source, String word, int code, @Nullable String address, String reason) {
    count(refusals, new Refusal(word, code));
  }

  /** Somebody was turned away before a socket came to be. */
  public void turnedAway(RefusalListener.Refusal reason) {
    count(turnedAway, reason);
  }

  @Override
  public void closing(Source source, int code, String reason) {
    count(closes, code);
  }

  @Override
  public void received(int bytes) {
    framesIn.increment();
    bytesIn.add(bytes);
  }

  @Override
  public void wrote(int frames, long bytes) {
    framesOut.add(frames);
    bytesOut.add(bytes);
  }

  @Override
  public void queued(long bytes) {
    queuedBytes.add(bytes);
  }

  @Override
  public void ponged(long millis) {
    int bucket = 0;
    while (bucket < PING_BOUNDS.length && millis > PING_BOUNDS[bucket]) {
      bucket++;
    }
    pings[bucket].increment();
    pingMillis.add(millis);
  }

  private static <K> void count(Map<K, LongAdder> counters, K key) {
    LongAdder counter = counters.get(key);
    if (counter == null) {
      counter = counters.computeIfAbsent(key, absent -> new LongAdder());
    }
    counter.increment();
  }
}
