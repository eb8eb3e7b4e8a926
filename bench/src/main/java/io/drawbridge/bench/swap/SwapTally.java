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
 *
 * <p>It is the instrument, not what is measured: a call costs a look into a map, and no lambda or
 * text that each version would have to link anew.
 */
final class SwapTally {

  private static final int MOST_ODD = 1_000;
  private static final Map<String, long[]> NEXT =
      shared("drawbridge.bench.swap.next", new ConcurrentHashMap<>());
  private static final Queue<String> ODD =
      shared("drawbridge.bench.swap.odd", new ConcurrentLinkedQueue<>());

  private SwapTally() {}

  /**
   * Takes down one call; called first thing by the handler.
   *
   * @param line the sender and the address, for which calls are due in order
   */
  static void call(String line, long number, String version) {
    long[] next = NEXT.get(line);
    if (next == null) {
      long[] first = new long[1];
      long[] others = NEXT.putIfAbsent(line, first);
      next = others == null ? first : others;
    }
    synchronized (next) {
      if (number != next[0]) {
        odd(line + ": " + next[0] + " was due, but " + version + " was called with " + number);
      }
      next[0] = Math.max(next[0], number + 1);
    }
  }

  private static void odd(String sentence) {
    if (ODD.size() < MOST_ODD) {
      ODD.add(sentence);
    }
  }

  /** What is due next on every line that begins so, and what was odd there. */
  static JsonObject report(String prefix) {
    JsonObject next = new JsonObject();
    NEXT.forEach(
        (line, due) -> {
          if (line.startsWith(prefix)) {
            synchronized (due) {
              next.put(line, due[0]);
            }
          }
        });
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
