package io.drawbridge.bridge.transport;

import java.util.List;

/**
 * One browser's connection, whichever transport carries it. Every call and every callback is on the
 * socket's own event loop; nothing here is thread-safe.
 */
public interface Socket {

  /** What the handshake said. */
  Handshake handshake();

  /** Runs an action on the socket's event loop, in order; from any thread. */
  void execute(Runnable action);

  /**
   * Whether a write would go to the network now. While it would not (a full socket, no poll
   * attached), frames wait with the caller, and {@link SocketListener#writable} tells when to go
   * on.
   */
  boolean writable();

  /** Bytes that were written here and that the network has not taken yet. */
  long pendingBytes();

  /**
   * Writes frames in their order, gathered into one write to the network. The list is the caller's
   * again when this returns.
   */
  void write(List<EncodedFrame> frames);

  /** Stops reading from the client, so that it feels the back-pressure, or goes on. */
  void read(boolean on);

  /**
   * Ends the connection: what was written before goes out, then the close frame with this code. A
   * peer that does not take it is cut after a grace time. {@link SocketListener#closed} follows.
   */
  void close(int code, String reason);
}
