package io.drawbridge.chat;

import io.drawbridge.plugin.HandlerException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Lets one thing happen at a time in each room, in the order of asking: what is kept first is then
 * published first too. For one event loop.
 */
final class RoomQueues {

  private final int bound;
  private final Map<String, Deque<Runnable>> rooms = new HashMap<>();

  RoomQueues(int bound) {
    this.bound = bound;
  }

  /** Runs an action when its turn comes; the next one's comes when its future has ended. */
  <T> Future<T> inTurn(String room, Supplier<Future<T>> action) {
    Deque<Runnable> queue = rooms.computeIfAbsent(room, name -> new ArrayDeque<>());
    if (queue.size() >= bound) {
      return HandlerException.refuse(503, "the room is too busy: try again soon");
    }
    Promise<T> result = Promise.promise();
    queue.add(() -> run(action).onComplete(result).onComplete(ended -> next(room, queue)));
    if (queue.size() == 1) {
      queue.element().run();
    }
    return result.future();
  }

  private static <T> Future<T> run(Supplier<Future<T>> action) {
    try {
      return action.get();
    } catch (RuntimeException e) {
      return Future.failedFuture(e);
    }
  }

  private void next(String room, Deque<Runnable> queue) {
    queue.remove();
    if (queue.isEmpty()) {
      rooms.remove(room);
    } else {
      queue.element().run();
    }
  }
}
