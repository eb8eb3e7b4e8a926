package io.drawbridge.testkit;

/** A test that is told to end while it waits. */
final class Interrupted {

  private Interrupted() {}

  static AssertionError error(InterruptedException cause) {
    Thread.currentThread().interrupt();
    return new AssertionError("interrupted while waiting", cause);
  }
}
