package io.drawbridge.bridge.transport;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Says back what it hears, and keeps what waits while the socket takes nothing, as a session would.
 */
final class EchoSocket implements SocketListener {

  final Socket socket;
  final Queue<String> heard = new ConcurrentLinkedQueue<>();
  final AtomicInteger closed = new AtomicInteger();
  volatile String pauseAfter = "nothing";
  private final List<EncodedFrame> waiting = new ArrayList<>();

  EchoSocket(Socket socket) {
    this.socket = socket;
  }

  static EncodedFrame frame(String text) {
    return new EncodedFrame(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Says something of its own accord; from any thread. */
  void say(String text) {
    socket.execute(() -> write(frame(text)));
  }

  @Override
  public void received(Buffer message) {
    heard.add(message.toString(StandardCharsets.UTF_8));
    if (message.toString().equals(pauseAfter)) {
      socket.read(false);
    }
    write(new EncodedFrame(message.getBytes()));
  }

  private void write(EncodedFrame frame) {
    waiting.add(frame);
    writable();
  }

  @Override
  public void writable() {
    if (socket.writable() && !waiting.isEmpty()) {
      socket.write(waiting);
      waiting.clear();
    }
  }

  @Override
  public void closed() {
    closed.incrementAndGet();
  }
}
