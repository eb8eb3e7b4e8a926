package io.drawbridge.pluginhost;

/** The answers of the host itself to a request, by their frozen numbers. */
enum Refusal {
  /** Too much waits at the address already. */
  LIMIT(4106),
  /** The body is not what the address takes. */
  BAD_REQUEST(4107),
  /** The handler took too long. */
  TIMEOUT(4108),
  /** The handler broke. */
  HANDLER_FAILED(4110),
  /** The plugin is stopping. */
  DRAINING(4113);

  private static final int FIRST = 4100;
  private static final int LAST = 4199;

  private final int number;

  Refusal(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }

  /** Whether a code is one that only the host may use. */
  static boolean reserved(int code) {
    return code >= FIRST && code <= LAST;
  }
}
