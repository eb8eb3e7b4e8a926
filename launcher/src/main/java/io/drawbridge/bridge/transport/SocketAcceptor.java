package io.drawbridge.bridge.transport;

/** Takes in each new socket, after its origin and the connection limits have been checked. */
@FunctionalInterface
public interface SocketAcceptor {

  /** Called on the socket's event loop before anything has been read from it. */
  SocketListener accept(Socket socket);
}
