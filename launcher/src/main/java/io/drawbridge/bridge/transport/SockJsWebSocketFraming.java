package io.drawbridge.bridge.transport;

import io.netty.buffer.ByteBuf;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/** SockJS's letters inside a WebSocket. */
final class SockJsWebSocketFraming implements MessageFraming {

  private final int messageBytes;

  /** Bounds each message that a client packs into an array. */
  SockJsWebSocketFraming(int messageBytes) {
    this.messageBytes = messageBytes;
  }

  @Override
  public void opened(WebSocketSocket socket) {
    socket.send(WebSocketFraming.TEXT, SockJsLetters.OPEN);
  }

  @Override
  public void heartbeat(WebSocketSocket socket) {
    socket.send(WebSocketFraming.TEXT, SockJsLetters.HEARTBEAT);
  }

  @Override
  public int length(List<EncodedFrame> frames) {
    int payload = SockJsLetters.arrayLength(frames);
    return WebSocketFraming.headLength(payload) + payload;
  }

  @Override
  public void encode(List<EncodedFrame> frames, ByteBuf out) {
    out.writeBytes(WebSocketFraming.textFrame(SockJsLetters.array(frames)));
  }

  @Override
  public List<Buffer> messages(byte[] message) throws WebSocketViolation {
    if (message.length == 0) {
      return List.of();
    }
    List<Buffer> messages;
    try {
      messages = SockJsMessages.read(message);
    } catch (SockJsMessages.BrokenException e) {
      throw new WebSocketViolation(WebSocketCloseCode.PROTOCOL_ERROR, "broken JSON encoding");
    }
    if (messages.stream().anyMatch(each -> each.length() > messageBytes)) {
      throw new WebSocketViolation(
          WebSocketCloseCode.TOO_BIG, "a message of more than " + messageBytes + " bytes");
    }
    return messages;
  }

  /** The code travels in SockJS's own frame; the WebSocket below ends in the ordinary way. */
  @Override
  public void close(WebSocketSocket socket, int code, String reason) {
    socket.send(WebSocketFraming.TEXT, SockJsLetters.close(code, reason));
    socket.sendClose(WebSocketCloseCode.NORMAL, "");
  }
}
