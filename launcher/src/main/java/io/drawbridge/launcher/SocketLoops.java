package io.drawbridge.launcher;

import io.drawbridge.bridge.Bridge;
import io.drawbridge.bridge.transport.SocketAcceptor;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The event loops that sockets live on. Each asks once for its own part of the bridge; from then on
 * plugins can keep off it.
 */
final class SocketLoops implements Supplier<SocketAcceptor> {

  private final Bridge bridge;
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

  SocketLoops(Bridge bridge) {
    this.bridge = bridge;
  }

  @Override
  public SocketAcceptor get() {
    threads.add(Thread.currentThread());
    return bridge.acceptor();
  }

  boolean contains(Thread thread) {
    return threads.contains(thread);
  }
}
