package io.drawbridge.bridge.transport;

import io.netty.buffer.ByteBuf;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/** How messages look inside a WebSocket: bare, or in SockJS's letters. */
interface MessageFraming {

  /** The socket is open; what must be said first is said now. */
  void opened(WebSocketSocket socket);

  /** Nothing has been said for a while. */
  void heartbeat(WebSocketSocket socket);

  /** How many bytes {@link #encode} will write. */
  int length(List<EncodedFrame> frames);

  /** Writes whole WebSocket frames. */
  void encode(List<EncodedFrame> frames, ByteBuf out);

  /** What one WebSocket message holds; may be nothing. */
  List<Buffer> messages(byte[] message) throws WebSocketViolation;

  /** Ends the socket with a code of the bridge. */
  void close(WebSocketSocket socket, int code, String reason);
}
