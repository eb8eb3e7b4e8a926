package io.drawbridge.bridge.transport;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.websocketx.WebSocket08FrameDecoder;
import io.netty.handler.timeout.IdleStateHandler;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.internal.http.WebSocketInternal;

/**
 * Puts a handler of ours between Netty's frame decoder and Vert.x.
 *
 * <p>The one class that uses {@code WebSocketInternal}: through Vert.x's own API a frame is encoded
 * anew for each socket, text passes unchecked, empty fragments vanish and nobody can tell how many
 * bytes wait. Below it, a frame is encoded once for all sockets and one write carries many.
 */
final class WebSocketPipeline {

  private WebSocketPipeline() {}

  /**
   * Installs the handler; on the socket's event loop, in the same turn as the upgrade, so that
   * nothing has been read yet.
   *
   * @return where to write bytes that are whole frames already: below every encoder
   */
  static ChannelHandlerContext install(ServerWebSocket socket, ChannelHandler handler) {
    ChannelHandlerContext vertx = ((WebSocketInternal) socket).channelHandlerContext();
    ChannelPipeline pipeline = vertx.pipeline();
    ChannelHandlerContext decoder = pipeline.context(WebSocket08FrameDecoder.class);
    if (decoder == null) {
      throw new IllegalStateException("no WebSocket frame decoder in " + pipeline.names());
    }
    if (pipeline.get(IdleStateHandler.class) != null) {
      // It cuts HTTP connections that take nothing; a WebSocket may rightly have nothing to take.
      pipeline.remove(IdleStateHandler.class);
    }
    pipeline.addBefore(vertx.name(), "drawbridge", handler);
    return decoder;
  }
}
