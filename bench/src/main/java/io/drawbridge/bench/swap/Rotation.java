package io.drawbridge.bench.swap;

import java.io.IOException;
import java.util.List;

/** Everyone's turn, one after the other. */
final class Rotation<T> {

  private final List<T> all;
  private int next;

  Rotation(List<T> all) {
    this.all = all;
  }

  /** What one does when it is its turn. */
  @FunctionalInterface
  interface Action<T> {
    void of(T one) throws IOException;
  }

  /** Lets so many have their turn. */
  void next(int turns, Action<T> action) throws IOException {
    for (int i = 0; i < turns; i++) {
      action.of(all.get(next));
      next = (next + 1) % all.size();
    }
  }
}
