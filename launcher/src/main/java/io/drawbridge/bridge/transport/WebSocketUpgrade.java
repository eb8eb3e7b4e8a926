package io.drawbridge.bridge.transport;

import io.drawbridge.config.LimitsConfig;
import io.drawbridge.http.HttpLoop;
import io.netty.channel.ChannelHandlerContext;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns a request that passed every check into a WebSocket. */
final class WebSocketUpgrade {

  private static final Logger LOGGER = LoggerFactory.getLogger(WebSocketUpgrade.class);

  private static final String VERSION_HEADER = "Sec-WebSocket-Version";

  /** Older drafts named the page's origin in another header, past the origin check. */
  private static final String VERSION = "13";

  private final LimitsConfig limits;
  private final HttpLoop http;
  private final long heartbeatMillis;

  WebSocketUpgrade(LimitsConfig limits, HttpLoop http, long heartbeatMillis) {
    this.limits = limits;
    this.http = http;
    this.heartbeatMillis = heartbeatMillis;
  }

  /** Answers a request that can't be upgraded; says whether it can. */
  boolean possible(HttpServerRequest request) {
    if (!HttpMethod.GET.equals(request.method())) {
      request.response().setStatusCode(405).putHeader(HttpHeaders.ALLOW, "GET").end();
    } else if (!names(request.getHeader(HttpHeaders.UPGRADE), "websocket")) {
      request.response().setStatusCode(400).end("Can \"Upgrade\" only to \"WebSocket\".\n");
    } else if (!names(request.getHeader(HttpHeaders.CONNECTION), "upgrade")) {
      request.response().setStatusCode(400).end("\"Connection\" must be \"Upgrade\".\n");
    } else if (!VERSION.equals(request.getHeader(VERSION_HEADER))) {
      request
          .response()
          .setStatusCode(426)
          .putHeader(VERSION_HEADER, VERSION)
          .end("speak WebSocket version 13\n");
    } else {
      return true;
    }
    return false;
  }

  private static boolean names(@Nullable String list, String word) {
    return list != null && list.toLowerCase(Locale.ROOT).contains(word);
  }

  /** Upgrades, and hands the open socket to the acceptor. */
  void upgrade(
      HttpServerRequest request,
      Handshake handshake,
      MessageFraming framing,
      int messageBytes,
      SocketAcceptor acceptor,
      Runnable onClosed) {
    SocketLoop loop = SocketLoop.current();
    http.toWebSocket(request)
        .onSuccess(
            socket -> {
              Runnable httpClosed = http.upgraded(request.connection());
              WebSocketReader reader =
                  new WebSocketReader(
                      loop,
                      framing,
                      new MessageAssembler(messageBytes, limits.fragments()),
                      TimeUnit.SECONDS.toMillis(limits.idleSeconds()),
                      () -> {
                        httpClosed.run();
                        onClosed.run();
                      });
              open(socket, handshake, framing, loop, reader, acceptor);
            })
        .onFailure(
            cause -> {
              onClosed.run();
              LOGGER.atDebug().addKeyValue("error", cause.getMessage()).log("no upgrade");
            });
  }

  private void open(
      ServerWebSocket vertxSocket,
      Handshake handshake,
      MessageFraming framing,
      SocketLoop loop,
      WebSocketReader reader,
      SocketAcceptor acceptor) {
    ChannelHandlerContext out = WebSocketPipeline.install(vertxSocket, reader);
    WebSocketSocket socket =
        new WebSocketSocket(handshake, loop, framing, reader, out, heartbeatMillis);
    http.sweeper().add(socket);
    loop.dispatch(() -> reader.open(socket, acceptor));
  }
}
