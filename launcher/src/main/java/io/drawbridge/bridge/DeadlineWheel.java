package io.drawbridge.bridge;

import io.vertx.core.Vertx;
import org.jspecify.annotations.Nullable;

/**
 * One timer for all sessions of an event loop (a hashed wheel after Varghese and Lauck, 1987): each
 * session has one deadline, set and cancelled in constant time. Confined to its event loop.
 */
final class DeadlineWheel {

  static final int TICK_MILLIS = 250;

  /** The furthest deadline that the wheel can hold. */
  static final int HORIZON_MILLIS = 15_000;

  private static final int SLOTS = 64;

  private final @Nullable Entry[] slots = new @Nullable Entry[SLOTS];
  private final Vertx vertx;
  private final long timer;
  private int cursor;

  /** Starts on the current context. */
  DeadlineWheel(Vertx vertx) {
    this.vertx = vertx;
    this.timer = vertx.setPeriodic(TICK_MILLIS, id -> turn());
  }

  /** Lets the entry fire once, {@code millis} from now or up to one tick later. */
  void schedule(Entry entry, long millis) {
    entry.cancel();
    long bounded = Math.max(0, Math.min(millis, HORIZON_MILLIS));
    int slot = (cursor + 1 + (int) (bounded / TICK_MILLIS)) % SLOTS;
    entry.link(this, slot);
  }

  void stop() {
    vertx.cancelTimer(timer);
  }

  private void turn() {
    cursor = (cursor + 1) % SLOTS;
    Entry due = slots[cursor];
    while (due != null) {
      due.cancel();
      due.fire();
      due = slots[cursor];
    }
  }

  /** Something that fires at its deadline. */
  abstract static class Entry {
    private @Nullable DeadlineWheel wheel;
    private int slot;
    private @Nullable Entry previous;
    private @Nullable Entry next;

    /** Called on the event loop; may schedule itself again. */
    abstract void fire();

    /** Takes it off the wheel, if it is on one. */
    final void cancel() {
      DeadlineWheel from = wheel;
      if (from == null) {
        return;
      }
      if (previous == null) {
        from.slots[slot] = next;
      } else {
        previous.next = next;
      }
      if (next != null) {
        next.previous = previous;
      }
      wheel = null;
      previous = null;
      next = null;
    }

    private void link(DeadlineWheel onto, int at) {
      Entry first = onto.slots[at];
      wheel = onto;
      slot = at;
      next = first;
      if (first != null) {
        first.previous = this;
      }
      onto.slots[at] = this;
    }
  }
}
