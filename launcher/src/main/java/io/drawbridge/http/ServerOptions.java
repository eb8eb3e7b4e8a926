package io.drawbridge.http;

import io.drawbridge.config.HttpConfig;
import io.drawbridge.config.LimitsConfig;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.PemKeyCertOptions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** The Vert.x options that our settings come to. */
final class ServerOptions {

  /** The one sub-protocol that we select; a token that is offered beside it is never echoed. */
  private static final String SUB_PROTOCOL = "eb.v1";

  /** What SockJS's letters add to a frame besides its quotes. */
  private static final int SOCKJS_BYTES = 1_024;

  private static final int BACKLOG = 4_096;

  private ServerOptions() {}

  static HttpServerOptions of(HttpConfig http, LimitsConfig limits) {
    HttpServerOptions options =
        new HttpServerOptions()
            .setMaxHeaderSize(limits.requestHeadBytes())
            .setMaxInitialLineLength(limits.requestHeadBytes())
            .setAcceptBacklog(BACKLOG)
            .setTcpNoDelay(true)
            .setReuseAddress(true)
            // The one timeout that cuts at once; closing waits for a client that takes nothing.
            .setWriteIdleTimeout(limits.idleSeconds())
            .setIdleTimeoutUnit(TimeUnit.SECONDS)
            // HTTP/1.1 alone: a poll that ends must never end other streams of its connection.
            .setHttp2ClearTextEnabled(false)
            .setUseAlpn(false)
            .setAlpnVersions(List.of(HttpVersion.HTTP_1_1))
            // An unbounded inflate is how small requests become large.
            .setDecompressionSupported(false)
            .setCompressionSupported(false);
    webSockets(options, limits);
    HttpConfig.Tls tls = http.tls();
    if (tls != null) {
      tls(options, tls, limits);
    }
    return options;
  }

  /** Without extensions Vert.x's own frame decoder is strict about reserved bits. */
  private static void webSockets(HttpServerOptions options, LimitsConfig limits) {
    options
        .setPerFrameWebSocketCompressionSupported(false)
        .setPerMessageWebSocketCompressionSupported(false)
        .setAcceptUnmaskedFrames(false)
        .setRegisterWebSocketWriteHandlers(false)
        // When the server closes, its sockets have been closed by their sessions before.
        .setWebSocketClosingTimeout(1)
        .setWebSocketSubProtocols(List.of(SUB_PROTOCOL))
        .setMaxWebSocketFrameSize(2 * limits.frameBytes() + SOCKJS_BYTES);
  }

  private static void tls(HttpServerOptions options, HttpConfig.Tls tls, LimitsConfig limits) {
    options
        .setSsl(true)
        .setKeyCertOptions(
            new PemKeyCertOptions()
                .addCertPath(tls.certificate().toString())
                .addKeyPath(tls.key().toString()))
        .setEnabledSecureTransportProtocols(Set.of("TLSv1.2", "TLSv1.3"))
        .setSslHandshakeTimeout(limits.requestHeadSeconds())
        .setSslHandshakeTimeoutUnit(TimeUnit.SECONDS);
  }
}
