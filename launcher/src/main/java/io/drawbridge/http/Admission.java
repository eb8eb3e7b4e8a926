package io.drawbridge.http;

/**
 * What came of a request to become a socket. A refused one has been answered.
 *
 * @param admitted whether to go on
 * @param onLeave what counts the socket out again
 */
public record Admission(boolean admitted, Runnable onLeave) {

  static final Admission REFUSED = new Admission(false, () -> {});

  /** The socket has closed, or has not come to be; to be called once. */
  public void leave() {
    onLeave.run();
  }
}
