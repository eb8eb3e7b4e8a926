package io.drawbridge.bridge.transport;

import io.vertx.core.buffer.Buffer;

/** Hears what happens on a socket; called on the socket's event loop. */
public interface SocketListener {

  /** One whole message of the client: valid UTF-8 within {@code limits.frameBytes}. */
  void received(Buffer message);

  /** The socket takes writes again. */
  void writable();

  /** The connection has ended; called once, whoever ended it. */
  void closed();
}
