package io.drawbridge.acceptance.stock;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A stretch of network between clients and a server that can be cut and mended. */
final class Relay implements AutoCloseable {

  private final int target;
  private final ServerSocket listening;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile boolean up = true;

  private Relay(int target) throws IOException {
    this.target = target;
    this.listening = new ServerSocket(0, 256, InetAddress.getLoopbackAddress());
  }

  static Relay to(int port) throws IOException {
    Relay relay = new Relay(port);
    daemon("relay to " + port, relay::accept);
    return relay;
  }

  int port() {
    return listening.getLocalPort();
  }

  /** Ends every connection; until {@link #mend} every new one ends at once. */
  void cut() {
    up = false;
    open.forEach(Relay::closeQuietly);
  }

  void mend() {
    up = true;
  }

  private void accept() {
    try {
      while (true) {
        connect(listening.accept());
      }
    } catch (IOException e) {
      // Closed: the relay has ended.
    }
  }

  private void connect(Socket client) throws IOException {
    if (!up) {
      client.close();
      return;
    }
    Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
    client.setTcpNoDelay(true);
    server.setTcpNoDelay(true);
    open.add(client);
    open.add(server);
    daemon("towards the server", () -> copy(client, server));
    daemon("towards the client", () -> copy(server, client));
  }

  private void copy(Socket from, Socket to) {
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      in.transferTo(out);
    } catch (IOException e) {
      // Either side has ended; so does the other.
    } finally {
      open.remove(from);
      closeQuietly(from);
      closeQuietly(to);
    }
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // Closed is what it should be.
    }
  }

  private static void daemon(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listening.close();
    cut();
  }
}
