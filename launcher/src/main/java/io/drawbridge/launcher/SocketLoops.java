package io.drawbridge.launcher;

import io.drawbridge.bridge.Bridge;
import io.drawbridge.bridge.transport.SocketAcceptor;
import io.vertx.core.Context;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The event loops that sockets live on, and the server's own: each of the former asks once for its
 * own part of the bridge; plugins keep off all of them.
 */
final class SocketLoops implements Supplier<SocketAcceptor> {

  private final Bridge bridge;
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

  private final Set<Thread> own = ConcurrentHashMap.newKeySet();

  SocketLoops(Bridge bridge, Context... own) {
    this.bridge = bridge;
    for (Context each : own) {
      each.runOnContext(nothing -> this.own.add(Thread.currentThread()));
    }
  }

  @Override
  public SocketAcceptor get() {
    threads.add(Thread.currentThread());
    return bridge.acceptor();
  }

  boolean contains(Thread thread) {
    return threads.contains(thread);
  }

  /** Whether nothing of the server's own lives on an event loop. */
  boolean leaves(Thread thread) {
    return !threads.contains(thread) && !own.contains(thread);
  }
}
