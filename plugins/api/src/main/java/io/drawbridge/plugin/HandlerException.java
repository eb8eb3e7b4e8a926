package io.drawbridge.plugin;

import io.vertx.core.Future;

/**
 * A refusal that the caller is told, code and text, and that is not worth a line in the log.
 *
 * <p>Codes: 400–499 for what the caller did and could do differently, 500–599 for what is ours and
 * may pass. They borrow HTTP's meaning: 404 for what isn't there, 409 for what clashes, 429 for too
 * much, 503 for a helper that is away. 4100–4199 are the host's own; a plugin that uses one is
 * heard as 4110, the code of a handler that broke.
 *
 * <p>The text is read by a person who uses a browser: say what is wrong and what to do, and nothing
 * of the inside.
 */
public final class HandlerException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** The code that the caller is told. */
  private final int code;

  /**
   * A refusal, to be thrown or to fail a future with.
   *
   * @param code 400–499 for what the caller did, 500–599 for what is ours
   * @param text a sentence for the caller
   */
  public HandlerException(int code, String text) {
    super(text, null, false, false);
    this.code = code;
  }

  /** A failed future, for the last line of a handler that refuses. */
  public static <T> Future<T> refuse(int code, String text) {
    return Future.failedFuture(new HandlerException(code, text));
  }

  /** The code that the caller is told. */
  public int code() {
    return code;
  }
}
