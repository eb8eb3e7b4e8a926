package io.drawbridge.bridge.transport;

import io.drawbridge.config.Settings;
import io.drawbridge.http.HttpEntrance;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads what a connection's first request says about its client. */
final class HandshakeReader {

  private static final String BEARER = "bearer ";
  private static final String SUB_PROTOCOL_TOKEN = "eb.token.";

  private final HttpEntrance entrance;
  private final @Nullable String cookie;
  private final boolean queryToken;

  HandshakeReader(Settings settings, HttpEntrance entrance) {
    this.entrance = entrance;
    this.cookie = settings.auth().cookie();
    this.queryToken = settings.auth().queryToken();
  }

  Handshake read(String transport, HttpServerRequest request) {
    return new Handshake(
        transport,
        entrance.clients().of(request),
        request.getHeader(HttpHeaders.ORIGIN),
        token(request));
  }

  /** What later requests of the same SockJS session have to match. */
  SessionBinding binding(HttpServerRequest request) {
    return new SessionBinding(entrance.origins().effective(request), token(request));
  }

  /**
   * The token of the surest bearer: one that no foreign page can make a browser send comes first.
   */
  @Nullable String token(HttpServerRequest request) {
    String token = bearer(request.getHeader(HttpHeaders.AUTHORIZATION));
    if (token == null) {
      token = subProtocol(request.getHeader("Sec-WebSocket-Protocol"));
    }
    if (token == null) {
      token = cookie(request);
    }
    return token == null && queryToken ? request.getParam("token") : token;
  }

  private static @Nullable String bearer(@Nullable String authorization) {
    return authorization != null && authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)
        ? authorization.substring(BEARER.length()).trim()
        : null;
  }

  private static @Nullable String subProtocol(@Nullable String offered) {
    if (offered == null) {
      return null;
    }
    for (String protocol : offered.split(",", -1)) {
      if (protocol.trim().startsWith(SUB_PROTOCOL_TOKEN)) {
        return protocol.trim().substring(SUB_PROTOCOL_TOKEN.length());
      }
    }
    return null;
  }

  /** A browser sends cookies for any page that asks: they count with an allowed Origin only. */
  private @Nullable String cookie(HttpServerRequest request) {
    if (cookie == null || !entrance.origins().present(request)) {
      return null;
    }
    Cookie found = request.getCookie(cookie);
    return found == null ? null : found.getValue();
  }
}
