package io.drawbridge.pluginhost;

import io.drawbridge.pluginhost.contract.PluginException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.function.Supplier;

/**
 * Does one thing after the other on the host's own event loop: each begins when the future of the
 * one before has ended.
 */
final class InTurn {

  private final String name;
  private final int most;
  private final HostParts parts;
  private Future<?> last = Future.succeededFuture();
  private int waiting;

  /**
   * Nothing to do yet.
   *
   * @param most how much may wait; the next is refused
   */
  InTurn(String name, int most, HostParts parts) {
    this.name = name;
    this.most = most;
    this.parts = parts;
  }

  /** Begins at once if nothing is under way; what it throws fails the future. */
  <T> Future<T> then(Supplier<Future<T>> work) {
    Promise<T> promise = Promise.promise();
    // Of its own: a failure that is remembered here would keep the classes in its stack trace.
    Promise<Void> turn = Promise.promise();
    Future<?> before;
    synchronized (this) {
      if (waiting >= most) {
        return Future.failedFuture(
            new PluginException(
                    name, "", "has " + most + " changes waiting already", "Wait for them to end")
                .passing());
      }
      waiting++;
      before = last;
      last = turn.future();
    }
    before.onComplete(any -> parts.onControl(work).onComplete(promise));
    return promise.future().onComplete(any -> done(turn));
  }

  private void done(Promise<Void> turn) {
    synchronized (this) {
      waiting--;
    }
    turn.complete();
  }
}
