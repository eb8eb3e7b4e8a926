package io.drawbridge.protocol;

/**
 * Why the server closes a socket. Below 3500 the client reconnects, with jitter; from 3500 it stays
 * away until its user acts.
 */
public enum CloseCode {
  SHUTDOWN(3001, "the server is shutting down"),
  TOKEN_EXPIRED(3005, "the token has expired"),
  SLOW(3008, "the client reads too slowly"),
  NO_PONG(3012, "no sign of life in time"),
  BAD_TOKEN(3500, "the token is not good"),
  BAD_FRAMES(3501, "too many bad frames"),
  NO_FRAME(3502, "no frame in time"),
  FORCED(3503, "closed by the server"),
  CONNECTION_LIMIT(3504, "too many connections");

  private final int code;
  private final String reason;

  CloseCode(int code, String reason) {
    this.code = code;
    this.reason = reason;
  }

  public int code() {
    return code;
  }

  /** What the close frame says, for a person. */
  public String reason() {
    return reason;
  }

  /** Whether the client may come back by itself. */
  public boolean reconnect() {
    return code < 3500;
  }
}
