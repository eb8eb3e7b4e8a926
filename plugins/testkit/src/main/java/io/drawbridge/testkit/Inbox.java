package io.drawbridge.testkit;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What reaches a browser at an address where it is registered, in order. */
public final class Inbox {

  private final String address;
  private final Duration patience;
  private final BlockingQueue<JsonObject> bodies = new LinkedBlockingQueue<>();

  Inbox(String address, Duration patience) {
    this.address = address;
    this.patience = patience;
  }

  void receive(JsonObject body) {
    bodies.add(body);
  }

  /**
   * The body of the next message; waits for it if need be.
   *
   * @throws AssertionError if none comes in time
   */
  public JsonObject next() {
    return next(body -> true);
  }

  /**
   * The body of the next message that is as told; those before it are passed over.
   *
   * @throws AssertionError if none comes in time
   */
  public JsonObject next(Predicate<JsonObject> wanted) {
    long end = System.nanoTime() + patience.toNanos();
    int others = 0;
    JsonObject body = poll(end);
    while (body != null && !wanted.test(body)) {
      others++;
      body = poll(end);
    }
    if (body == null) {
      String seen = others == 0 ? "nothing" : "none of " + others + " messages as told";
      throw new AssertionError(
          seen + " came at " + address + " within " + patience.toSeconds() + " s");
    }
    return body;
  }

  private @Nullable JsonObject poll(long end) {
    try {
      return bodies.poll(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      throw Interrupted.error(e);
    }
  }
}
