package io.drawbridge.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One browser: a raw WebSocket that sends ready-made frames and finds the bounds of those that
 * come, without looking into them.
 */
public final class LoadClient {

  private static final int HANDSHAKE_MILLIS = 10_000;
  private static final byte[] NOTHING = new byte[0];

  private final SocketChannel channel;
  private final SelectionKey key;
  private final FrameListener listener;
  private byte[] partial = NOTHING;
  private @Nullable ByteBuffer unsent;

  /** Its place among the clients of its loop. */
  public final int index;

  /** What a workload keeps about this client: the number that it must see next. */
  int expected = -1;

  private LoadClient(int index, SocketChannel channel, Selector selector, FrameListener listener)
      throws IOException {
    this.index = index;
    this.channel = channel;
    this.listener = listener;
    channel.configureBlocking(false);
    this.key = channel.register(selector, SelectionKey.OP_READ, this);
  }

  /** Connects and shakes hands; {@code receiveBuffer} 0 leaves the system's size. */
  static LoadClient connect(
      int index, int port, Selector selector, FrameListener listener, int receiveBuffer)
      throws IOException {
    SocketChannel channel = SocketChannel.open();
    if (receiveBuffer > 0) {
      channel.setOption(StandardSocketOptions.SO_RCVBUF, receiveBuffer);
    }
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    String request =
        "GET /eventbus/websocket HTTP/1.1\r\nHost: 127.0.0.1:"
            + port
            + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
    String head = readHead(channel.socket());
    if (!head.startsWith("HTTP/1.1 101")) {
      throw new BenchException("the server refused a WebSocket: " + head.lines().findFirst());
    }
    return new LoadClient(index, channel, selector, listener);
  }

  private static String readHead(Socket socket) throws IOException {
    socket.setSoTimeout(HANDSHAKE_MILLIS);
    InputStream in = socket.getInputStream();
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new BenchException("the server closed during the handshake: " + head);
      }
      head.append((char) next);
    }
    return head.toString();
  }

  /** Stops or goes on reading. */
  void reading(boolean on) {
    key.interestOps(on ? SelectionKey.OP_READ : 0);
  }

  /** Sends a frame, or several that lie behind each other. */
  public void send(ByteBuffer frames) throws IOException {
    if (unsent != null) {
      unsent = ByteBuffer.allocate(unsent.remaining() + frames.remaining()).put(unsent).put(frames);
      unsent.flip();
      return;
    }
    channel.write(frames);
    if (frames.hasRemaining()) {
      unsent = frames;
      key.interestOpsOr(SelectionKey.OP_WRITE);
    }
  }

  /** Called by the loop when the socket can be read or written. */
  void ready(ByteBuffer buffer) {
    try {
      if (key.isWritable()) {
        sendRest();
      }
      if (key.isReadable()) {
        read(buffer);
      }
    } catch (IOException e) {
      close();
      listener.closed(this);
    }
  }

  private void sendRest() throws IOException {
    ByteBuffer rest = unsent;
    if (rest != null) {
      channel.write(rest);
    }
    if (rest == null || !rest.hasRemaining()) {
      unsent = null;
      key.interestOpsAnd(~SelectionKey.OP_WRITE);
    }
  }

  private void read(ByteBuffer buffer) throws IOException {
    buffer.clear().put(partial);
    int read = channel.read(buffer);
    if (read < 0) {
      close();
      listener.closed(this);
      return;
    }
    int rest = frames(buffer, buffer.position(), System.nanoTime());
    int left = buffer.position() - rest;
    partial = left == 0 ? NOTHING : new byte[left];
    buffer.get(rest, partial);
  }

  /** Hands over every whole frame; returns where the first partial one begins. */
  private int frames(ByteBuffer buffer, int end, long nanos) throws IOException {
    int at = 0;
    while (end - at >= 2) {
      int length = buffer.get(at + 1) & 0x7f;
      int head = length < 126 ? 2 : length == 126 ? 4 : 10;
      if (end - at < head) {
        return at;
      }
      if (length == 126) {
        length = buffer.getShort(at + 2) & 0xffff;
      } else if (length == 127) {
        length = (int) buffer.getLong(at + 2);
      }
      if (end - at - head < length) {
        return at;
      }
      listener.frame(this, buffer.get(at) & 0x0f, buffer, at + head, length, nanos);
      at += head + length;
    }
    return at;
  }

  void close() {
    key.cancel();
    try {
      channel.close();
    } catch (IOException e) {
      // Gone already, which is what was wanted.
    }
  }
}
