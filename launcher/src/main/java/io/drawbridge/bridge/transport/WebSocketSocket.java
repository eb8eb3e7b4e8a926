package io.drawbridge.bridge.transport;

import io.drawbridge.http.Sweeper;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import java.util.List;

/**
 * A WebSocket's way out. Everything is written below the WebSocket encoder, pings' answers and
 * close frames too, so that one queue, Netty's, gives all of it its order. What comes of a write or
 * a close is not lost with its future: the reader's pipeline hears of it.
 */
@SuppressWarnings("FutureReturnValueIgnored")
final class WebSocketSocket implements Socket, Sweeper.Swept {

  /** How long a peer may take to read what is left and to answer our close frame. */
  static final long CLOSE_GRACE_MILLIS = 5_000;

  /** How long a peer that broke the protocol has to read why; at once would be a reset to it. */
  static final long FAIL_GRACE_MILLIS = 1_000;

  private final Handshake handshake;
  private final SocketLoop loop;
  private final MessageFraming framing;
  private final WebSocketReader reader;
  private final ChannelHandlerContext out;
  private final long heartbeatMillis;
  private long spokeAt = Sweeper.now();
  private boolean closing;
  private long cutAt = Long.MAX_VALUE;

  WebSocketSocket(
      Handshake handshake,
      SocketLoop loop,
      MessageFraming framing,
      WebSocketReader reader,
      ChannelHandlerContext out,
      long heartbeatMillis) {
    this.handshake = handshake;
    this.loop = loop;
    this.framing = framing;
    this.reader = reader;
    this.out = out;
    this.heartbeatMillis = heartbeatMillis;
  }

  @Override
  public Handshake handshake() {
    return handshake;
  }

  @Override
  public void execute(Runnable action) {
    loop.execute(action);
  }

  @Override
  public boolean writable() {
    return !closing && out.channel().isActive() && out.channel().isWritable();
  }

  @Override
  public long pendingBytes() {
    ChannelOutboundBuffer pending = out.channel().unsafe().outboundBuffer();
    return pending == null ? 0 : pending.totalPendingWriteBytes();
  }

  @Override
  public void write(List<EncodedFrame> frames) {
    if (closing || frames.isEmpty()) {
      return;
    }
    ByteBuf gathered = out.alloc().directBuffer(framing.length(frames));
    framing.encode(frames, gathered);
    spokeAt = Sweeper.now();
    out.writeAndFlush(gathered, out.voidPromise());
  }

  /** Writes one small frame of the protocol's own. */
  void send(int opcode, byte[] payload) {
    if (!closing) {
      out.writeAndFlush(frame(opcode, payload), out.voidPromise());
    }
  }

  private ByteBuf frame(int opcode, byte[] payload) {
    byte[] frame = WebSocketFraming.frame(opcode, payload);
    return out.alloc().directBuffer(frame.length).writeBytes(frame);
  }

  @Override
  public void read(boolean on) {
    reader.read(on);
  }

  @Override
  public void close(int code, String reason) {
    if (!closing) {
      framing.close(this, code, reason);
    }
  }

  /** Sends a close frame and waits, with a bound, for the peer's. */
  void sendClose(int code, String reason) {
    sendClose(code, reason, CLOSE_GRACE_MILLIS);
  }

  private void sendClose(int code, String reason, long grace) {
    if (closing) {
      return;
    }
    send(WebSocketFraming.CLOSE, WebSocketCloseCode.payload(code, reason));
    closes(grace);
    // The peer's answer has to be heard, also where the session had stopped reading.
    reader.discard();
  }

  /** From here on nothing more is written, and the connection has a bounded time left. */
  void closes(long grace) {
    closing = true;
    cutAt = Sweeper.now() + grace;
  }

  /** The peer broke the protocol. */
  void fail(WebSocketViolation violation) {
    if (closing) {
      out.close();
    } else {
      sendClose(violation.code(), violation.reason(), FAIL_GRACE_MILLIS);
    }
  }

  /**
   * The peer sent its close frame: answered with the same code, unless it is the answer to ours.
   */
  void peerCloses(int code) {
    if (closing) {
      out.close();
      return;
    }
    closes(CLOSE_GRACE_MILLIS);
    out.writeAndFlush(frame(WebSocketFraming.CLOSE, WebSocketCloseCode.payload(code, "")))
        .addListener(ChannelFutureListener.CLOSE);
  }

  boolean closing() {
    return closing;
  }

  @Override
  public boolean sweep(long now) {
    if (!out.channel().isActive()) {
      return false;
    }
    if (now >= cutAt) {
      out.close();
    } else if (!closing) {
      reader.sweep(now);
      beat(now);
    }
    return true;
  }

  private void beat(long now) {
    if (now - spokeAt >= heartbeatMillis && writable()) {
      spokeAt = now;
      framing.heartbeat(this);
    }
  }
}
