package io.drawbridge.bridge.transport;

import io.netty.buffer.ByteBuf;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/** One JSON object per WebSocket frame, as {@code /eventbus/websocket} speaks. */
final class BareFraming implements MessageFraming {

  static final BareFraming INSTANCE = new BareFraming();

  private BareFraming() {}

  @Override
  public void opened(WebSocketSocket socket) {}

  /** Sessions ping their clients themselves. */
  @Override
  public void heartbeat(WebSocketSocket socket) {}

  @Override
  public int length(List<EncodedFrame> frames) {
    int length = 0;
    for (EncodedFrame frame : frames) {
      length += frame.webSocket().length;
    }
    return length;
  }

  @Override
  public void encode(List<EncodedFrame> frames, ByteBuf out) {
    for (EncodedFrame frame : frames) {
      out.writeBytes(frame.webSocket());
    }
  }

  @Override
  public List<Buffer> messages(byte[] message) {
    return List.of(Buffer.buffer(message));
  }

  @Override
  public void close(WebSocketSocket socket, int code, String reason) {
    socket.sendClose(code, reason);
  }
}
