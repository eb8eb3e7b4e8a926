package io.drawbridge.bench.swap;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts the calls of one address's handler as all versions of the plugin in one server see them,
 * and notices those that come twice or out of order.
 *
 * <p>Two versions of a plugin share no static field. What they share here lies among the system
 * properties and is made of the JDK's classes alone, so that it holds on to no version.
 *
 * <p>It is the instrument, not what is measured: the JVM compiles it anew for each version, so a
 * call is next to no code.
 */
final class SwapTally {

  private static final int MOST_ODD = 1_000;
  private static final Map<String, Map<String, AtomicLong>> LINES =
      shared("drawbridge.bench.swap.next", new ConcurrentHashMap<>());
  private static final Queue<String> ODD =
      shared("drawbridge.bench.swap.odd", new ConcurrentLinkedQueue<>());

  private final String address;
  private final Map<String, AtomicLong> nextBySender;

  private SwapTally(String address, Map<String, AtomicLong> nextBySender) {
    this.address = address;
    this.nextBySender = nextBySender;
  }

  /** That of an address, for each of whose senders calls are due in order. */
  static SwapTally of(String address) {
    return new SwapTally(
        address, LINES.computeIfAbsent(address, absent -> new ConcurrentHashMap<>()));
  }

  /** Takes down one call; called first thing by the handler. */
  void call(String sender, long number, String version) {
    AtomicLong next = nextBySender.get(sender);
    if (next == null) {
      next = first(sender);
    }
    long due = next.getAndSet(number + 1);
    if (due != number) {
      next.accumulateAndGet(due, Math::max);
      odd(sender, due, number, version);
    }
  }

  private AtomicLong first(String sender) {
    return nextBySender.computeIfAbsent(sender, absent -> new AtomicLong());
  }

  private void odd(String sender, long due, long number, String version) {
    if (ODD.size() < MOST_ODD) {
      ODD.add(
          "%s %s: %d was due, but %s was called with %d"
              .formatted(sender, address, due, version, number));
    }
  }

  /** What is due next from every sender whose name begins so, and what was odd there. */
  static JsonObject report(String prefix) {
    JsonObject next = new JsonObject();
    LINES.forEach(
        (address, senders) ->
            senders.forEach(
                (sender, due) -> {
                  if (sender.startsWith(prefix)) {
                    next.put(sender + " " + address, due.get());
                  }
                }));
    JsonArray odd = new JsonArray();
    ODD.stream().filter(sentence -> sentence.startsWith(prefix)).forEach(odd::add);
    return new JsonObject().put("next", next).put("odd", odd);
  }

  /** The one object of this name in the server. */
  @SuppressWarnings("unchecked")
  private static <T> T shared(String name, T fresh) {
    Object found = System.getProperties().putIfAbsent(name, fresh);
    return found == null ? fresh : (T) found;
  }
}
