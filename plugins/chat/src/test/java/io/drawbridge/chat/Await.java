package io.drawbridge.chat;

import io.vertx.core.Future;
import java.util.concurrent.TimeUnit;

/** Waits for a future on a test's own thread, a minute at most. */
final class Await {

  private Await() {}

  static <T> T await(Future<T> future) {
    try {
      return future.timeout(60, TimeUnit.SECONDS).await();
    } catch (RuntimeException e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }
}
