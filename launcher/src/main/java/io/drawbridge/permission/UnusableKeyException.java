package io.drawbridge.permission;

/** A key can't verify tokens; the message says why and goes on after the key's name. */
final class UnusableKeyException extends Exception {

  UnusableKeyException(String message) {
    super(message);
  }
}
