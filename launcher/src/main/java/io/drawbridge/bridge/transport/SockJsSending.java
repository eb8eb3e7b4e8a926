package io.drawbridge.bridge.transport;

import io.drawbridge.http.HttpLoop;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Posts that bring a session messages. */
final class SockJsSending {

  private static final String XHR_SEND = "xhr_send";
  private static final String JSONP_SEND = "jsonp_send";
  private static final String TOO_MUCH = "too much for one post: see limits.frameBytes";

  /** A client packs what it has gathered into one post, quoted once more. */
  private static final int FRAMES_PER_POST = 4;

  private final SockJsService service;
  private final HttpLoop http;
  private final HandshakeReader handshakes;
  private final SockJsSessions sessions;
  private final int frameBytes;

  SockJsSending(
      SockJsService service,
      HttpLoop http,
      HandshakeReader handshakes,
      SockJsSessions sessions,
      int frameBytes) {
    this.service = service;
    this.http = http;
    this.handshakes = handshakes;
    this.sessions = sessions;
    this.frameBytes = frameBytes;
  }

  boolean serves(String name) {
    return name.equals(XHR_SEND) || (service.legacy() && name.equals(JSONP_SEND));
  }

  void receive(HttpServerRequest request, String id, String name) {
    SockJsSession session = sessions.find(id);
    if (session == null || !session.binding().allows(handshakes.binding(request))) {
      request.response().setStatusCode(404).end();
    } else if (length(request) > most()) {
      http.refuse(request, 413, TOO_MUCH);
    } else {
      new PostedBody(most())
          .read(request)
          .onSuccess(body -> received(request, session, payload(request, name, body), name))
          .onFailure(tooLong -> http.refuse(request, 413, TOO_MUCH));
    }
  }

  private long most() {
    return (long) FRAMES_PER_POST * frameBytes;
  }

  private static long length(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    return length == null ? 0 : Long.parseLong(length);
  }

  private static byte[] payload(HttpServerRequest request, String name, Buffer body) {
    String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
    boolean form =
        name.equals(JSONP_SEND)
            && type != null
            && type.startsWith("application/x-www-form-urlencoded");
    if (!form) {
      return body.getBytes();
    }
    String text = body.toString(StandardCharsets.UTF_8);
    return text.startsWith("d=") ? decoded(text.substring(2)) : new byte[0];
  }

  private static byte[] decoded(String value) {
    try {
      return URLDecoder.decode(value, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return new byte[] {'%'};
    }
  }

  private void received(
      HttpServerRequest request, SockJsSession session, byte[] payload, String name) {
    if (payload.length == 0) {
      request.response().setStatusCode(500).end("Payload expected.");
      return;
    }
    List<Buffer> messages;
    try {
      messages = SockJsMessages.read(payload);
    } catch (SockJsMessages.BrokenException e) {
      request.response().setStatusCode(500).end("Broken JSON encoding.");
      return;
    }
    SocketLoop loop = SocketLoop.current();
    Runnable answer = () -> loop.reach(() -> answer(request, name));
    session.loop().reach(() -> hand(session, messages, answer));
  }

  private void hand(SockJsSession session, List<Buffer> messages, Runnable taken) {
    if (messages.stream().anyMatch(message -> message.length() > frameBytes)) {
      session.close(WebSocketCloseCode.TOO_BIG, "a message of more than " + frameBytes + " bytes");
      taken.run();
    } else {
      session.receive(messages, taken);
    }
  }

  private void answer(HttpServerRequest request, String name) {
    HttpServerResponse response = request.response();
    if (response.closed()) {
      return;
    }
    SockJsHeaders.notCacheable(response);
    if (service.cookieNeeded()) {
      SockJsHeaders.sticky(request);
    }
    response.putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=UTF-8");
    if (name.equals(JSONP_SEND)) {
      response.end("ok");
    } else {
      response.setStatusCode(204).end();
    }
  }
}
