package io.drawbridge.bridge;

import io.vertx.core.Context;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Carries work from the hub to one event loop. What arrives while the loop is busy is handled in
 * one of its turns, which is what lets sockets gather their frames.
 */
final class LoopInbox {

  /** So many per turn, then the loop's sockets get theirs. */
  private static final int PER_TURN = 1024;

  /** Something for the loop to do, and what it holds in memory until then. */
  interface Item extends Consumer<BridgeLoop> {
    int bytes();
  }

  private final Queue<Item> items = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private final AtomicLong bytes = new AtomicLong();
  private final Context context;
  private final BridgeLoop loop;
  private final long bound;

  LoopInbox(Context context, BridgeLoop loop, long bound) {
    this.context = context;
    this.loop = loop;
    this.bound = bound;
  }

  /** Hands over work from any thread; false when the loop is too far behind to take it. */
  boolean offer(Item item) {
    if (bytes.addAndGet(item.bytes()) > bound) {
      bytes.addAndGet(-item.bytes());
      return false;
    }
    items.add(item);
    schedule();
    return true;
  }

  private void schedule() {
    if (scheduled.compareAndSet(false, true)) {
      context.runOnContext(turn -> drain());
    }
  }

  private void drain() {
    scheduled.set(false);
    for (int i = 0; i < PER_TURN; i++) {
      Item item = items.poll();
      if (item == null) {
        break;
      }
      bytes.addAndGet(-item.bytes());
      item.accept(loop);
    }
    loop.flush();
    if (!items.isEmpty()) {
      schedule();
    }
  }
}
