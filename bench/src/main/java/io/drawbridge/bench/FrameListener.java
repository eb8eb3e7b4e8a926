package io.drawbridge.bench;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Hears the whole WebSocket frames that a client has read. */
public interface FrameListener {

  int TEXT = 1;
  int BINARY = 2;
  int CLOSE = 8;

  /**
   * One frame, still in the read buffer.
   *
   * @param opcode as in RFC 6455
   * @param buffer read by absolute index only
   * @param start where the payload begins
   * @param length the payload's bytes
   * @param nanos when the bytes were read
   */
  void frame(LoadClient client, int opcode, ByteBuffer buffer, int start, int length, long nanos)
      throws IOException;

  /** The server has ended the connection. */
  default void closed(LoadClient client) {
    throw new BenchException("the server closed a connection during the measurement");
  }
}
