package io.drawbridge.signin;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Checks passwords away from the event loops, a few at a time: each takes tens of megabytes while
 * it runs, so that a flood of them would take the heap.
 */
final class PasswordCheck {

  /** Checks at once. */
  static final int WORKERS = 2;

  private final WorkerExecutor workers;
  private final int most;
  private final AtomicInteger underWay = new AtomicInteger();

  /**
   * Opens the workers.
   *
   * @param waiting how many checks may wait for their turn
   */
  PasswordCheck(Vertx vertx, int waiting) {
    workers = vertx.createSharedWorkerExecutor("drawbridge-passwords", WORKERS);
    most = WORKERS + waiting;
  }

  /** Whether the password fits, on the caller's context; null if too many wait. */
  @Nullable Future<Boolean> check(PasswordHash hash, String password) {
    if (underWay.incrementAndGet() > most) {
      underWay.decrementAndGet();
      return null;
    }
    return workers
        .executeBlocking(() -> hash.matches(password.toCharArray()), false)
        .onComplete(done -> underWay.decrementAndGet());
  }
}
