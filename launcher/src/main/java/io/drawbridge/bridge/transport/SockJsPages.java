package io.drawbridge.bridge.transport;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.security.SecureRandom;

/** What SockJS serves beside its sessions: the greeting, what a client asks first, the iframe. */
final class SockJsPages {

  private static final String IFRAME =
      """
      <!DOCTYPE html>
      <html>
      <head>
        <meta http-equiv="X-UA-Compatible" content="IE=edge" />
        <meta http-equiv="Content-Type" content="text/html; charset=UTF-8" />
        <script>
          document.domain = document.domain;
          _sockjs_onload = function(){SockJS.bootstrap_iframe();};
        </script>
        <script src="/client/sockjs.min.js"></script>
      </head>
      <body>
        <h2>Don't panic!</h2>
        <p>This is a SockJS hidden iframe. It's used for cross domain magic.</p>
      </body>
      </html>
      """;

  private static final String IFRAME_TAG = "\"" + Integer.toHexString(IFRAME.hashCode()) + "\"";
  private static final SecureRandom ENTROPY = new SecureRandom();

  private SockJsPages() {}

  static void greeting(HttpServerRequest request) {
    request
        .response()
        .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=UTF-8")
        .end("Welcome to SockJS!\n");
  }

  static void info(HttpServerRequest request, SockJsService service) {
    HttpServerResponse response = request.response();
    SockJsHeaders.notCacheable(response);
    response
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json; charset=UTF-8")
        .end(
            new JsonObject()
                .put("websocket", service.webSocket())
                .put("cookie_needed", service.cookieNeeded())
                .put("origins", new JsonArray().add("*:*"))
                .put("entropy", ENTROPY.nextInt() & 0xffff_ffffL)
                .toBuffer());
  }

  /** The page that transports without CORS load in a frame: of use with those alone. */
  static void iframe(HttpServerRequest request) {
    HttpServerResponse response = request.response();
    SockJsHeaders.cacheable(response);
    response.putHeader(HttpHeaders.ETAG, IFRAME_TAG);
    if (IFRAME_TAG.equals(request.getHeader(HttpHeaders.IF_NONE_MATCH))) {
      response.setStatusCode(304).end();
    } else {
      response.putHeader(HttpHeaders.CONTENT_TYPE, "text/html; charset=UTF-8").end(IFRAME);
    }
  }
}
