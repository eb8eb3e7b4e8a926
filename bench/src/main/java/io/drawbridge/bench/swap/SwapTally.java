package io.drawbridge.bench.swap;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Counts the calls of handlers as all versions of the plugin in one server see them, and notices
 * those that come twice or out of order.
 *
 * <p>Two versions of a plugin share no static field. What they share here lies among the system
 * properties and is made of the JDK's classes alone, so that it holds on to no version.
 */
final class SwapTally {

  private static final String NEXT = "drawbridge.bench.swap.next";
  private static final String ODD = "drawbridge.bench.swap.odd";
  private static final int MOST_ODD = 1_000;

  private SwapTally() {}

  /**
   * Takes down one call; called first thing by the handler.
   *
   * @param line the sender and the address, for which calls are due in order
   */
  static void call(String line, long number, String version) {
    long[] next =
        shared(NEXT, new ConcurrentHashMap<String, long[]>())
            .computeIfAbsent(line, any -> new long[1]);
    synchronized (next) {
      if (number != next[0]) {
        odd(line + ": " + next[0] + " was due, but " + version + " was called with " + number);
      }
      next[0] = Math.max(next[0], number + 1);
    }
  }

  private static void odd(String sentence) {
    Queue<String> odd = shared(ODD, new ConcurrentLinkedQueue<String>());
    if (odd.size() < MOST_ODD) {
      odd.add(sentence);
    }
  }

  /** What is due next on every line that begins so, and what was odd there. */
  static JsonObject report(String prefix) {
    JsonObject next = new JsonObject();
    Map<String, long[]> lines = shared(NEXT, new ConcurrentHashMap<String, long[]>());
    lines.forEach(
        (line, due) -> {
          if (line.startsWith(prefix)) {
            synchronized (due) {
              next.put(line, due[0]);
            }
          }
        });
    JsonArray odd = new JsonArray();
    shared(ODD, new ConcurrentLinkedQueue<String>()).stream()
        .filter(sentence -> sentence.startsWith(prefix))
        .forEach(odd::add);
    return new JsonObject().put("next", next).put("odd", odd);
  }

  /** The one object of this name in the server. */
  @SuppressWarnings("unchecked")
  private static <T> T shared(String name, T fresh) {
    Object found = System.getProperties().putIfAbsent(name, fresh);
    return found == null ? fresh : (T) found;
  }
}
