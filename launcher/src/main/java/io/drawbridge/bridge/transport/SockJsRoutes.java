package io.drawbridge.bridge.transport;

import io.drawbridge.http.HttpLoop;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import java.util.regex.Pattern;

/** Finds what a path below a SockJS prefix means. */
final class SockJsRoutes {

  private static final Pattern IFRAME = Pattern.compile("iframe[0-9a-zA-Z.-]*\\.html");

  private final SockJsService service;
  private final HttpLoop http;
  private final WebSocketRoute webSockets;
  private final SockJsReceiving receiving;
  private final SockJsSending sending;

  SockJsRoutes(
      SockJsService service,
      HttpLoop http,
      WebSocketRoute webSockets,
      SockJsReceiving receiving,
      SockJsSending sending) {
    this.service = service;
    this.http = http;
    this.webSockets = webSockets;
    this.receiving = receiving;
    this.sending = sending;
  }

  void mount(Router router) {
    router.route(service.prefix()).handler(context -> route(context.request()));
    router.route(service.prefix() + "/*").handler(context -> route(context.request()));
  }

  /** The path as it was sent: ids are compared, never interpreted. */
  private void route(HttpServerRequest request) {
    String path = request.path();
    String below = path == null ? "" : path.substring(service.prefix().length());
    String[] parts = below.split("/", -1);
    if (below.isEmpty() || below.equals("/")) {
      if (reads(request)) {
        SockJsPages.greeting(request);
      }
    } else if (parts.length == 2) {
      single(request, parts[1]);
    } else if (parts.length == 4
        && SockJsSessions.valid(parts[1])
        && SockJsSessions.valid(parts[2])) {
      session(request, parts[2], parts[3]);
    } else {
      notFound(request);
    }
  }

  private void single(HttpServerRequest request, String name) {
    if (name.equals("websocket") && service.webSocket()) {
      webSockets.raw(request);
    } else if (name.equals("info")) {
      if (mayRead(request, "GET")) {
        SockJsPages.info(request, service);
      }
    } else if (service.legacy() && IFRAME.matcher(name).matches()) {
      if (reads(request)) {
        SockJsPages.iframe(request);
      }
    } else {
      notFound(request);
    }
  }

  private void session(HttpServerRequest request, String id, String name) {
    if (name.equals("websocket") && service.webSocket()) {
      webSockets.sockJs(request);
    } else if (sending.serves(name)) {
      if (mayRead(request, "POST")) {
        sending.receive(request, id, name);
      }
    } else {
      SockJsTransport.at(name)
          .filter(transport -> service.legacy() || !transport.scripted())
          .ifPresentOrElse(
              transport -> {
                if (mayRead(request, transport.method())) {
                  receiving.attach(request, id, transport);
                }
              },
              () -> notFound(request));
    }
  }

  /** Checks origin and method, and answers preflights; says whether to go on. */
  private boolean mayRead(HttpServerRequest request, String method) {
    if (!http.allowOrigin(request)) {
      return false;
    }
    SockJsHeaders.cors(request, http.entrance().origins());
    if (HttpMethod.OPTIONS.equals(request.method())) {
      SockJsHeaders.preflight(request, method);
      return false;
    }
    return isMethod(request, method);
  }

  private static boolean reads(HttpServerRequest request) {
    return isMethod(request, "GET");
  }

  private static boolean isMethod(HttpServerRequest request, String method) {
    boolean right = request.method().name().equals(method);
    if (!right) {
      request.response().setStatusCode(405).putHeader(HttpHeaders.ALLOW, method).end();
    }
    return right;
  }

  private static void notFound(HttpServerRequest request) {
    request.response().setStatusCode(404).end();
  }
}
