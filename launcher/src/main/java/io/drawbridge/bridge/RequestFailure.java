package io.drawbridge.bridge;

import io.drawbridge.protocol.FailureCode;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import org.jspecify.annotations.Nullable;

/** Why a request failed behind the bridge, as the bus tells it. */
record RequestFailure(int code, String type, @Nullable String message) {

  static RequestFailure of(Throwable cause) {
    if (cause instanceof ReplyException reply) {
      return new RequestFailure(
          reply.failureCode(), reply.failureType().name(), reply.getMessage());
    }
    return new RequestFailure(-1, ReplyFailure.ERROR.name(), "the request could not be sent");
  }

  /**
   * The same, with the codes that clients know who said hello. What a handler chose goes through,
   * except the numbers that are the bridge's own and that the plugin host does not use.
   */
  RequestFailure forHello() {
    return switch (ReplyFailure.valueOf(type)) {
      case NO_HANDLERS -> known(FailureCode.NO_HANDLERS);
      case TIMEOUT -> known(FailureCode.TIMEOUT);
      case ERROR -> known(FailureCode.INTERNAL);
      case RECIPIENT_FAILURE -> fromHandler();
    };
  }

  private RequestFailure fromHandler() {
    if (!FailureCode.reserved(code)) {
      return this;
    }
    FailureCode known = FailureCode.of(code);
    boolean hosts =
        known == FailureCode.LIMIT
            || known == FailureCode.BAD_REQUEST
            || known == FailureCode.TIMEOUT
            || known == FailureCode.NO_HANDLERS
            || known == FailureCode.HANDLER_FAILED
            || known == FailureCode.DRAINING;
    return hosts && known != null ? known(known) : known(FailureCode.HANDLER_FAILED);
  }

  private RequestFailure known(FailureCode failure) {
    return new RequestFailure(failure.code(), failure.type(), message);
  }
}
