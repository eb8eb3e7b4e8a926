package io.drawbridge.testkit;

/**
 * What a browser was told instead of a reply.
 *
 * <p>Codes: 400–599 are the handler's own; 4103 the token may not, 4104 nobody serves the address,
 * 4106 too many wait, 4107 the body breaks the schema, 4108 no reply in time, 4110 the handler
 * failed, 4113 the plugin is stopping.
 */
public final class RefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** What went wrong, by number. */
  private final int code;

  /** What was said about it. */
  private final String text;

  RefusedException(int code, String text) {
    super(code + " " + text);
    this.code = code;
    this.text = text;
  }

  /** What went wrong, by number. */
  public int code() {
    return code;
  }

  /** What was said about it, without the code. */
  public String text() {
    return text;
  }
}
