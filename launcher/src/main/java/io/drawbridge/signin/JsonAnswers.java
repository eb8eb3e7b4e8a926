package io.drawbridge.signin;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/** Writes what nobody may keep: tokens, refusals, demo passwords. */
final class JsonAnswers {

  private JsonAnswers() {}

  static void send(RoutingContext context, Answer answer) {
    if (answer instanceof Answer.Token token) {
      send(context, 200, JsonObject.of("token", token.token(), "expiresIn", token.expiresIn()));
      return;
    }
    var refusal = (Answer.Refusal) answer;
    if (refusal.retryAfterSeconds() > 0) {
      context.response().putHeader("Retry-After", "" + refusal.retryAfterSeconds());
    }
    send(context, refusal.status(), JsonObject.of("error", refusal.error()));
  }

  static void send(RoutingContext context, int status, JsonObject body) {
    HttpServerResponse response = context.response();
    if (response.ended() || response.closed()) {
      return;
    }
    response
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .putHeader("X-Content-Type-Options", "nosniff")
        .end(body.toBuffer());
  }
}
