package io.drawbridge.bridge.transport;

import io.vertx.core.internal.ContextInternal;

/**
 * The event loop that a socket lives on, as a Vert.x context.
 *
 * <p>The one class here that uses {@code ContextInternal}: frames reach us from Netty, outside any
 * context, and the public {@code runOnContext} would queue each of them anew, while {@code
 * dispatch} calls at once and still lets replies and timers find their way back to this loop.
 */
final class SocketLoop {

  private final ContextInternal context;

  private SocketLoop(ContextInternal context) {
    this.context = context;
  }

  /** The loop of the calling thread, without what belongs to the request being handled. */
  static SocketLoop current() {
    ContextInternal context = ContextInternal.current();
    if (context == null) {
      throw new IllegalStateException("not on an event loop");
    }
    return new SocketLoop(context.unwrap());
  }

  /** Whether the calling thread is this loop's. */
  boolean isCurrent() {
    return context.nettyEventLoop().inEventLoop();
  }

  /** Calls at once; only from this loop's own thread. */
  void dispatch(Runnable action) {
    context.dispatch(action);
  }

  /** Calls in order, a little later; from any thread. */
  void execute(Runnable action) {
    context.runOnContext(v -> action.run());
  }

  /** Calls at once on this loop's thread, in order from any other. */
  void reach(Runnable action) {
    if (isCurrent()) {
      dispatch(action);
    } else {
      execute(action);
    }
  }
}
