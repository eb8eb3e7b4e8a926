package io.drawbridge.bridge.transport;

import java.io.Serial;

/** A peer broke the protocol; the code says how (RFC 6455, 7.4.1). Carries no stack trace. */
final class WebSocketViolation extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  private final int code;

  WebSocketViolation(int code, String reason) {
    super(reason, null, false, false);
    this.code = code;
  }

  int code() {
    return code;
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
