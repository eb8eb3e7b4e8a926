package io.drawbridge.plugin;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/** Answers one request. */
@FunctionalInterface
public interface RequestHandler {

  /**
   * Answers a request, soon or later.
   *
   * @param body the request's body, already checked by the address's schema; empty if none was sent
   * @param caller who asks
   * @return the reply's body. Failing it with a {@link HandlerException} tells the caller its code
   *     and text; any other failure, a throw or a null is {@code 4110} for the caller and a line
   *     with the cause in the log
   */
  Future<JsonObject> handle(JsonObject body, Caller caller);
}
