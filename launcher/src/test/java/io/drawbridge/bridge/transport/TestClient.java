package io.drawbridge.bridge.transport;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A browser's end of one TCP connection: writes what it is told to, byte by byte if it must be. */
final class TestClient implements Closeable {

  static final int TIMEOUT_MILLIS = 10_000;

  private final Socket socket;
  private final InputStream in;

  TestClient(Socket socket) {
    try {
      this.socket = socket;
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.setTcpNoDelay(true);
      this.in = new BufferedInputStream(socket.getInputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static TestClient connect(int port) {
    try {
      return new TestClient(new Socket("127.0.0.1", port));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  TestClient write(String text) {
    return write(text.getBytes(StandardCharsets.UTF_8));
  }

  TestClient write(byte... bytes) {
    try {
      socket.getOutputStream().write(bytes);
      socket.getOutputStream().flush();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Like {@link #write}, but says whether the other end still took it. */
  boolean tryWrite(byte... bytes) {
    try {
      socket.getOutputStream().write(bytes);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Sends a whole request; headers are given as {@code Name: value}. */
  TestClient request(String method, String path, String body, String... headers) {
    StringBuilder head = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
    boolean named = false;
    for (String header : headers) {
      head.append(header).append("\r\n");
      named |= header.toLowerCase(Locale.ROOT).startsWith("host:");
    }
    if (!named) {
      head.append("Host: ").append(host()).append("\r\n");
    }
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > 0 || method.equals("POST")) {
      head.append("Content-Length: ").append(bytes.length).append("\r\n");
    }
    return write(head + "\r\n" + body);
  }

  Response get(String path, String... headers) {
    return request("GET", path, "", headers).response();
  }

  Response post(String path, String body, String... headers) {
    return request("POST", path, body, headers).response();
  }

  String host() {
    return "127.0.0.1:" + socket.getPort();
  }

  /** A response's head; its body too unless it is a stream. */
  record Response(int status, Map<String, String> headers, String body) {
    String header(String name) {
      return headers.get(name.toLowerCase(Locale.ROOT));
    }
  }

  /** Reads a whole response. */
  Response response() {
    Response head = head();
    if (head.status() == 204 || head.status() == 304 || head.status() == 101) {
      return head;
    }
    String length = head.header("content-length");
    StringBuilder body = new StringBuilder();
    if (length != null) {
      body.append(new String(bytes(Integer.parseInt(length)), StandardCharsets.UTF_8));
    } else {
      for (String chunk = chunk(); chunk != null; chunk = chunk()) {
        body.append(chunk);
      }
    }
    return new Response(head.status(), head.headers(), body.toString());
  }

  /** Reads a response's head alone. */
  Response head() {
    String status = line();
    Map<String, String> headers = new LinkedHashMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      headers.merge(
          line.substring(0, colon).toLowerCase(Locale.ROOT),
          line.substring(colon + 1).trim(),
          (one, two) -> one + "\n" + two);
    }
    return new Response(Integer.parseInt(status.split(" ")[1]), headers, "");
  }

  /** Reads a chunk of a stream; null at its end. */
  String chunk() {
    int length = Integer.parseInt(line(), 16);
    String chunk = new String(bytes(length), StandardCharsets.UTF_8);
    line();
    return length == 0 ? null : chunk;
  }

  private String line() {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = read(); b != '\n'; b = read()) {
      if (b < 0) {
        throw new AssertionError("the connection ended after \"" + line + "\"");
      }
      line.write(b);
    }
    return line.toString(StandardCharsets.UTF_8).stripTrailing();
  }

  byte[] bytes(int count) {
    try {
      byte[] bytes = in.readNBytes(count);
      if (bytes.length < count) {
        throw new AssertionError("the connection ended too early");
      }
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The next byte; -1 when the connection has ended, in whichever way. */
  int read() {
    try {
      return in.read();
    } catch (SocketException e) {
      return -1;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether nothing comes for a while. */
  boolean quietFor(int millis) {
    try {
      socket.setSoTimeout(millis);
      in.mark(1);
      in.read();
      in.reset();
      return false;
    } catch (SocketTimeoutException e) {
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      again();
    }
  }

  private void again() {
    try {
      socket.setSoTimeout(TIMEOUT_MILLIS);
    } catch (SocketException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether the other end has closed, after at most the client's time. */
  boolean ended() {
    return read() < 0;
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
