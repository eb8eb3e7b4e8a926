package io.drawbridge.bridge.transport;

import io.drawbridge.http.Origins;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;

/** The headers that SockJS asks for. The origin has been checked before any of them is set. */
final class SockJsHeaders {

  static final long YEAR_SECONDS = 31_536_000;

  private static final String STICKY_COOKIE = "JSESSIONID";
  private static final Pattern ECHOED = Pattern.compile("[A-Za-z0-9._!~-]{1,128}");
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private SockJsHeaders() {}

  /** Lets the page read the answer: the pages of allowed origins alone come this far. */
  static void cors(HttpServerRequest request, Origins origins) {
    HttpServerResponse response = request.response();
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    response.putHeader(
        HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN,
        origin != null && origins.allow(request) ? origin : "*");
    response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
    response.putHeader(HttpHeaders.VARY, HttpHeaders.ORIGIN);
    String asked = request.getHeader(HttpHeaders.ACCESS_CONTROL_REQUEST_HEADERS);
    if (asked != null && !asked.isEmpty()) {
      response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, asked);
    }
  }

  /** Answers a preflight, which browsers may remember for a year. */
  static void preflight(HttpServerRequest request, String method) {
    HttpServerResponse response = request.response();
    response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, "OPTIONS, " + method);
    response.putHeader(HttpHeaders.ACCESS_CONTROL_MAX_AGE, String.valueOf(YEAR_SECONDS));
    cacheable(response);
    response.setStatusCode(204).end();
  }

  static void cacheable(HttpServerResponse response) {
    response.putHeader(HttpHeaders.CACHE_CONTROL, "public, max-age=" + YEAR_SECONDS);
    response.putHeader(
        HttpHeaders.EXPIRES, HTTP_DATE.format(Instant.now().plusSeconds(YEAR_SECONDS)));
  }

  static void notCacheable(HttpServerResponse response) {
    response.putHeader(HttpHeaders.CACHE_CONTROL, "no-store, no-cache, must-revalidate, max-age=0");
    response.putHeader("X-Content-Type-Options", "nosniff");
  }

  /** Some load balancers stick to the cookie of this name once they have seen it set. */
  static void sticky(HttpServerRequest request) {
    Cookie sent = request.getCookie(STICKY_COOKIE);
    boolean echo = sent != null && ECHOED.matcher(sent.getValue()).matches();
    request
        .response()
        .putHeader(
            HttpHeaders.SET_COOKIE,
            STICKY_COOKIE + "=" + (echo ? sent.getValue() : "dummy") + "; path=/");
  }
}
