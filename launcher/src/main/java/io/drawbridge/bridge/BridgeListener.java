package io.drawbridge.bridge;

import io.drawbridge.permission.Subject;
import org.jspecify.annotations.Nullable;

/**
 * Hears what happens on the bridge, for the audit log and the metrics. Called on the session's
 * event loop, in the order of the events; it must not block, throw or keep a frame back.
 */
public interface BridgeListener {

  /** What can happen, by the names that the stock bridge uses. */
  enum Event {
    SOCKET_CREATED,
    SOCKET_PING,
    SOCKET_IDLE,
    SOCKET_ERROR,
    SOCKET_CLOSED,
    REGISTER,
    REGISTERED,
    UNREGISTER,
    SEND,
    PUBLISH,
    RECEIVE
  }

  /** Who and where: what every event carries. */
  record Source(String session, String transport, String remoteAddress, Subject subject) {}

  /** Something happened, with the address where there is one. */
  default void happened(Event event, Source source, @Nullable String address) {}

  /** A frame was refused; {@code word} is the stock word, {@code code} the failure code. */
  default void refused(
      Source source, String word, int code, @Nullable String address, String reason) {}

  /** The server closed a socket. */
  default void closing(Source source, int code, String reason) {}

  /** Bytes and frames that came in. */
  default void received(int bytes) {}

  /** Bytes and frames that went out, in one write. */
  default void wrote(int frames, long bytes) {}

  /** What a session's queue holds grew or shrank. */
  default void queued(long bytes) {}

  /** A client answered a ping. */
  default void ponged(long millis) {}
}
