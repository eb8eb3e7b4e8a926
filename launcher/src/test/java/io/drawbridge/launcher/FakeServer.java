package io.drawbridge.launcher;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Notes what it is asked, and answers what the test wants. */
final class FakeServer implements AutoCloseable {

  final List<String> asked = new CopyOnWriteArrayList<>();
  volatile String authorization = "";
  volatile String contentType = "";
  volatile String contentLength = "";
  volatile String body = "";
  volatile int status = 200;
  volatile String answer = "{}";
  private final HttpServer server;

  FakeServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
  }

  private void handle(HttpExchange exchange) throws IOException {
    asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
    authorization = exchange.getRequestHeaders().getFirst("Authorization");
    contentType = exchange.getRequestHeaders().getFirst("Content-Type");
    contentLength = exchange.getRequestHeaders().getFirst("Content-Length");
    body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1);
    byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
