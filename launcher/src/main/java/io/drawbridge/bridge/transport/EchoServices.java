package io.drawbridge.bridge.transport;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Services to try a path through proxies with, without the bridge: they say back what they hear, or
 * close at once. They are those that SockJS's own protocol tests expect, and pass the same checks
 * as the bridge.
 */
final class EchoServices {

  /** So small that a test sees a stream end. */
  private static final int STREAM_BYTES = 4_096;

  /** What an echo keeps for a client that sends faster than it reads. */
  private static final int MOST_WAITING_BYTES = 1_048_576;

  private static final int GO_AWAY = 3000;
  private static final int SLOW = 3008;

  static final Map<SockJsService, SocketAcceptor> ALL =
      Map.of(
          service("/echo", true, false), Echo::new,
          service("/disabled_websocket_echo", false, false), Echo::new,
          service("/cookie_needed_echo", true, true), Echo::new,
          service("/close", true, false), EchoServices::close);

  private EchoServices() {}

  private static SockJsService service(String prefix, boolean webSocket, boolean cookieNeeded) {
    return new SockJsService(prefix, webSocket, cookieNeeded, true, STREAM_BYTES);
  }

  private static SocketListener close(Socket socket) {
    socket.close(GO_AWAY, "Go away!");
    return new Echo(socket);
  }

  /** Says back what it hears, in order, and keeps a bounded amount for a slow client. */
  private static final class Echo implements SocketListener {

    private final Socket socket;
    private final List<EncodedFrame> waiting = new ArrayList<>();
    private long waitingBytes;

    Echo(Socket socket) {
      this.socket = socket;
    }

    @Override
    public void received(Buffer message) {
      waiting.add(new EncodedFrame(message.getBytes()));
      waitingBytes += message.length();
      if (waitingBytes > MOST_WAITING_BYTES) {
        socket.close(SLOW, "too slow for its own echo");
      } else {
        writable();
      }
    }

    @Override
    public void writable() {
      if (socket.writable() && !waiting.isEmpty()) {
        socket.write(waiting);
        waiting.clear();
        waitingBytes = 0;
      }
    }

    @Override
    public void closed() {
      waiting.clear();
    }
  }
}
