package io.drawbridge.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns away requests that a proxy in front may have understood otherwise than we do. */
final class RequestCheck {

  private RequestCheck() {}

  /** What is wrong with a request's head; null if nothing is. */
  static @Nullable String problem(HttpServerRequest request) {
    if (request.version() != HttpVersion.HTTP_1_1 && request.version() != HttpVersion.HTTP_1_0) {
      return "speak HTTP/1.1";
    }
    if (!hostIsClear(request)) {
      return "send exactly one Host header";
    }
    if (chunked(request) && !request.path().endsWith("/xhr_send")) {
      return "send a Content-Length: chunked requests are not taken here";
    }
    if (!request.uri().startsWith("/")
        && !(HttpMethod.OPTIONS.equals(request.method()) && "*".equals(request.uri()))) {
      return "send the path alone in the request line";
    }
    return null;
  }

  /**
   * Whether the body comes in chunks, as sockjs-client in Node sends it to xhr_send, alone of all
   * clients. Netty drops a Content-Length beside chunks without a trace, so such a request has to
   * be its connection's last (RFC 9112, 6.3): what a proxy took for its end may lie before ours.
   */
  static boolean chunked(HttpServerRequest request) {
    return request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
  }

  private static boolean hostIsClear(HttpServerRequest request) {
    List<String> hosts = request.headers().getAll(HttpHeaders.HOST);
    if (hosts.isEmpty()) {
      return request.version() == HttpVersion.HTTP_1_0;
    }
    return hosts.size() == 1 && hosts.get(0).chars().allMatch(RequestCheck::belongsInAHost);
  }

  private static boolean belongsInAHost(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "-._:[]%~".indexOf(c) >= 0;
  }
}
