package io.drawbridge.bench;

/** A run that can't count: something was lost, doubled, out of order, closed, or never came. */
final class BenchException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  BenchException(String message) {
    super(message);
  }
}
