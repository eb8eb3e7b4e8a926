package io.drawbridge.plugin;

import io.vertx.core.Future;

/**
 * A refusal that the caller is told, code and text: 400–499 for what the caller did, 500–599 for
 * what is ours. Codes 4100–4199 are the host's own; a plugin that uses one is heard as {@code
 * 4110}.
 */
public final class HandlerException extends RuntimeException {

  private final int code;

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
