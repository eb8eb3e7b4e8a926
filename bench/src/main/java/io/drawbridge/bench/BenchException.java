package io.drawbridge.bench;

/** A run that can't count: something was lost, doubled, out of order, closed, or never came. */
public final class BenchException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Says in one line what was wrong. */
  public BenchException(String message) {
    super(message);
  }
}
