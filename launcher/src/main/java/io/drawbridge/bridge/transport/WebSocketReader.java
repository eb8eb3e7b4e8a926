package io.drawbridge.bridge.transport;

import io.drawbridge.http.Sweeper;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket's way in, by the letter of RFC 6455. Sits between Netty's frame decoder, which checks
 * what one frame can show, and Vert.x, which gets to see the connection's end and nothing else.
 */
@SuppressWarnings("FutureReturnValueIgnored")
final class WebSocketReader extends ChannelDuplexHandler {

  /** Pings answered one by one between two sweeps; of more, only the last (RFC 6455, 5.5.3). */
  private static final int PINGS_PER_SWEEP = 16;

  /** No frame in time, as the bridge's protocol numbers it. */
  private static final int SILENT = 3502;

  private final SocketLoop loop;
  private final MessageFraming framing;
  private final MessageAssembler assembler;
  private final long idleMillis;
  private final Runnable onClosed;
  private final Deque<WebSocketFrame> held = new ArrayDeque<>(0);
  private @Nullable ChannelHandlerContext context;
  private @Nullable WebSocketSocket socket;
  private @Nullable SocketListener listener;
  private byte @Nullable [] lastPing;
  private boolean paused;
  private boolean ended;
  private int pings;
  private long heardAt = Sweeper.now();

  WebSocketReader(
      SocketLoop loop,
      MessageFraming framing,
      MessageAssembler assembler,
      long idleMillis,
      Runnable onClosed) {
    this.loop = loop;
    this.framing = framing;
    this.assembler = assembler;
    this.idleMillis = idleMillis;
    this.onClosed = onClosed;
  }

  /** Nothing may be read before this. */
  void open(WebSocketSocket opened, SocketAcceptor acceptor) {
    socket = opened;
    framing.opened(opened);
    listener = acceptor.accept(opened);
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    heardAt = Sweeper.now();
    if (!(message instanceof WebSocketFrame frame)) {
      ReferenceCountUtil.release(message);
    } else if (paused || !held.isEmpty()) {
      // One read of the network may hold many frames; it is what bounds this queue.
      held.add(frame);
    } else {
      handle(frame);
    }
  }

  private void handle(WebSocketFrame frame) {
    WebSocketSocket to = socket;
    SocketListener hearer = listener;
    try {
      if (to == null || hearer == null) {
        return;
      }
      if (to.closing() && !(frame instanceof CloseWebSocketFrame)) {
        return;
      }
      if (frame instanceof CloseWebSocketFrame) {
        to.peerCloses(WebSocketCloseCode.read(frame.content()));
      } else if (frame instanceof PingWebSocketFrame) {
        pinged(to, ByteBufUtil.getBytes(frame.content()));
      } else if (!(frame instanceof PongWebSocketFrame)) {
        assemble(frame, hearer);
      }
    } catch (WebSocketViolation violation) {
      to.fail(violation);
    } finally {
      frame.release();
    }
  }

  private void assemble(WebSocketFrame frame, SocketListener hearer) throws WebSocketViolation {
    byte[] message = assembler.add(frame);
    if (message != null) {
      for (Buffer content : framing.messages(message)) {
        loop.dispatch(() -> hearer.received(content));
      }
    }
  }

  private void pinged(WebSocketSocket to, byte[] payload) {
    pings++;
    if (pings <= PINGS_PER_SWEEP && to.writable()) {
      to.send(WebSocketFraming.PONG, payload);
    } else {
      lastPing = payload;
    }
  }

  /** Stops reading, or goes on with what was read already and then with the network. */
  void read(boolean on) {
    paused = !on;
    while (!paused && !held.isEmpty()) {
      handle(held.remove());
    }
    channelRead(!paused);
  }

  /** Reads on, for the close frame's sake alone. */
  void discard() {
    paused = false;
    release();
    channelRead(true);
  }

  private void channelRead(boolean on) {
    if (context != null) {
      context.channel().config().setAutoRead(on);
    }
  }

  void sweep(long now) {
    pings = 0;
    if (lastPing != null && socket != null && socket.writable()) {
      socket.send(WebSocketFraming.PONG, lastPing);
      lastPing = null;
    }
    if (paused) {
      heardAt = now;
    } else if (now - heardAt >= idleMillis && socket != null) {
      socket.close(SILENT, "nothing heard in time");
    }
  }

  /** Netty may tell this in the middle of a write: the listener hears it afterwards. */
  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (ctx.channel().isWritable()) {
      loop.execute(this::writable);
    }
    ctx.fireChannelWritabilityChanged();
  }

  private void writable() {
    SocketListener hearer = listener;
    if (hearer != null && socket != null && socket.writable()) {
      hearer.writable();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    WebSocketSocket to = socket;
    Throwable root =
        cause instanceof DecoderException && cause.getCause() != null ? cause.getCause() : cause;
    if (root instanceof CorruptedWebSocketFrameException broken && to != null) {
      String reason = String.valueOf(broken.getMessage());
      to.fail(new WebSocketViolation(broken.closeStatus().code(), reason));
    } else {
      ctx.close();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    release();
    if (!ended) {
      ended = true;
      onClosed.run();
      SocketListener hearer = listener;
      if (hearer != null) {
        loop.dispatch(hearer::closed);
      }
    }
    ctx.fireChannelInactive();
  }

  private void release() {
    held.forEach(WebSocketFrame::release);
    held.clear();
  }

  /** Vert.x closes its sockets when the server stops; where we have done so already it need not. */
  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    WebSocketSocket to = socket;
    if (message instanceof CloseWebSocketFrame && to != null) {
      if (to.closing()) {
        ReferenceCountUtil.release(message);
        promise.setSuccess();
        return;
      }
      to.closes(WebSocketSocket.CLOSE_GRACE_MILLIS);
    }
    ctx.write(message, promise);
  }
}
