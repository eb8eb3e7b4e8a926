package io.drawbridge.ops;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/** Answers of the admin API: JSON that nobody keeps; a refusal is {@code {"error": sentence}}. */
final class AdminAnswers {

  private AdminAnswers() {}

  static void send(RoutingContext request, Object json) {
    request.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    request.json(json);
  }

  /**
   * Refuses. What is left of the body is read and dropped, so that a client that is still sending
   * hears the answer; the connection's clock ends that.
   */
  static void refuse(RoutingContext request, int status, String sentence) {
    if (request.response().ended() || request.response().closed()) {
      return;
    }
    if (request.request().headers().contains(HttpHeaders.CONTENT_LENGTH)) {
      request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
    request.request().resume();
    request.response().setStatusCode(status);
    send(request, new JsonObject().put("error", sentence));
  }
}
