package io.drawbridge.acceptance.stock;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * A WebSocket by hand, for what a well-behaved client library would not send: any header, any
 * frame. It reads only when asked, so it can also stall.
 */
final class WireSocket implements AutoCloseable {

  static final int CONTINUATION = 0;
  static final int TEXT = 1;
  static final int BINARY = 2;
  static final int CLOSE = 8;
  static final int PING = 9;
  static final int PONG = 10;

  private static final int FIN = 0x80;
  private static final byte[] MASK = {0x11, 0x22, 0x33, 0x44};
  private static final Duration BOUND = Duration.ofSeconds(15);

  private final Socket socket;
  private final DataInputStream in;
  private final String responseHead;

  /** One frame as it came. */
  record Frame(int opcode, byte[] payload) {

    String text() {
      return new String(payload, StandardCharsets.UTF_8);
    }

    /** The code of a close frame. */
    int closeCode() {
      return payload.length < 2 ? 1005 : (payload[0] & 0xff) << 8 | payload[1] & 0xff;
    }
  }

  private WireSocket(Socket socket, DataInputStream in, String responseHead) {
    this.socket = socket;
    this.in = in;
    this.responseHead = responseHead;
  }

  /** Asks for a WebSocket, whatever the answer. */
  static WireSocket ask(int port, String path, String... headers) throws IOException {
    return ask(port, path, 0, headers);
  }

  /** As {@link #ask(int, String, String...)}, with a receive buffer of so many bytes. */
  static WireSocket ask(int port, String path, int receiveBuffer, String... headers)
      throws IOException {
    Socket socket = new Socket();
    if (receiveBuffer > 0) {
      socket.setReceiveBufferSize(receiveBuffer);
    }
    socket.setTcpNoDelay(true);
    socket.setSoTimeout((int) BOUND.toMillis());
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    StringBuilder request = new StringBuilder("GET " + path + " HTTP/1.1\r\n");
    request.append("Host: 127.0.0.1:").append(port).append("\r\n");
    request.append("Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n");
    request.append("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
    for (String header : headers) {
      request.append(header).append("\r\n");
    }
    socket.getOutputStream().write(request.append("\r\n").toString().getBytes());
    DataInputStream in = new DataInputStream(socket.getInputStream());
    return new WireSocket(socket, in, readHead(in));
  }

  private static String readHead(DataInputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.readUnsignedByte());
    }
    return head.toString();
  }

  /** Opens a WebSocket, which must succeed. */
  static WireSocket open(int port, String path, String... headers) throws IOException {
    WireSocket socket = ask(port, path, headers);
    if (socket.status() != 101) {
      throw new AssertionError("no WebSocket at " + path + ": " + socket.responseHead);
    }
    return socket;
  }

  int status() {
    return Integer.parseInt(responseHead.split(" ", 3)[1]);
  }

  String responseHead() {
    return responseHead;
  }

  void sendText(String text) throws IOException {
    send(FIN | TEXT, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Sends a frame; the first byte is given as it goes out: FIN, reserved bits, opcode. */
  void send(int firstByte, byte[] payload) throws IOException {
    ByteArrayOutputStream frame = new ByteArrayOutputStream(payload.length + 14);
    frame.write(firstByte);
    if (payload.length < 126) {
      frame.write(0x80 | payload.length);
    } else if (payload.length < 65_536) {
      frame.write(0x80 | 126);
      frame.write(payload.length >>> 8);
      frame.write(payload.length);
    } else {
      frame.write(0x80 | 127);
      for (int shift = 56; shift >= 0; shift -= 8) {
        frame.write((int) ((long) payload.length >>> shift));
      }
    }
    frame.writeBytes(MASK);
    for (int i = 0; i < payload.length; i++) {
      frame.write(payload[i] ^ MASK[i & 3]);
    }
    socket.getOutputStream().write(frame.toByteArray());
  }

  /** Sends the head of a text frame that is to be so long, and the first bytes of it. */
  void beginText(long length, byte[] begin) throws IOException {
    ByteArrayOutputStream frame = new ByteArrayOutputStream(begin.length + 14);
    frame.write(FIN | TEXT);
    frame.write(0x80 | 127);
    for (int shift = 56; shift >= 0; shift -= 8) {
      frame.write((int) (length >>> shift));
    }
    frame.writeBytes(new byte[4]);
    frame.writeBytes(begin);
    socket.getOutputStream().write(frame.toByteArray());
  }

  /** Reads the next frame; fails when none comes in time. */
  Frame next() throws IOException {
    int opcode = in.readUnsignedByte() & 0x0f;
    int length = in.readUnsignedByte() & 0x7f;
    if (length == 126) {
      length = in.readUnsignedShort();
    } else if (length == 127) {
      length = Math.toIntExact(in.readLong());
    }
    byte[] payload = new byte[length];
    in.readFully(payload);
    return new Frame(opcode, payload);
  }

  /** Reads until the server closes; the code of its close frame, or 1006 if there was none. */
  int readToClose() throws IOException {
    try {
      Frame frame = next();
      while (frame.opcode() != CLOSE) {
        frame = next();
      }
      return frame.closeCode();
    } catch (EOFException | java.net.SocketException e) {
      return 1006;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
