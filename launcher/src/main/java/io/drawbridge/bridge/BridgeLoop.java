package io.drawbridge.bridge;

import io.drawbridge.bridge.transport.EncodedFrame;
import io.drawbridge.bridge.transport.Socket;
import io.drawbridge.bridge.transport.SocketAcceptor;
import io.drawbridge.bridge.transport.SocketListener;
import io.drawbridge.protocol.CloseCode;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Everything of one event loop: its sessions, who of them listens where, and which of their queues
 * have something to write at the end of the turn. But for {@link #offer}, confined to that loop.
 */
final class BridgeLoop implements SocketAcceptor {

  private final BridgeEnvironment environment;
  private final Context context;
  private final int index;
  private final DeadlineWheel wheel;
  private final LoopInbox inbox;
  private final Set<BridgeSession> sessions = new LinkedHashSet<>();
  private final Map<String, List<BridgeSession>> listeners = new HashMap<>();
  private List<OutboundQueue> dirty = new ArrayList<>();
  private List<OutboundQueue> flushing = new ArrayList<>();
  private boolean flushScheduled;

  /** Starts on the current context, which must be an event loop's. */
  BridgeLoop(BridgeEnvironment environment, int index) {
    Vertx vertx = environment.vertx();
    this.environment = environment;
    this.context = Objects.requireNonNull(Vertx.currentContext(), "not on an event loop");
    this.index = index;
    this.wheel = new DeadlineWheel(vertx);
    this.inbox = new LoopInbox(context, this, environment.limits().loopQueueBytes());
  }

  /** Its place among the loops of the node. */
  int index() {
    return index;
  }

  DeadlineWheel wheel() {
    return wheel;
  }

  /** Monotonic time. */
  long nowMillis() {
    return System.nanoTime() / 1_000_000;
  }

  @Override
  public SocketListener accept(Socket socket) {
    BridgeSession session = new BridgeSession(environment, this, socket);
    sessions.add(session);
    session.open();
    return session;
  }

  void forget(BridgeSession session) {
    sessions.remove(session);
  }

  /** Lets a session hear an address from now on. */
  void listen(String address, BridgeSession session) {
    listeners.computeIfAbsent(address, key -> new ArrayList<>()).add(session);
    environment.hub().listening(address, index, 1);
  }

  void unlisten(String address, BridgeSession session) {
    List<BridgeSession> here = listeners.get(address);
    if (here == null || !here.remove(session)) {
      return;
    }
    environment.hub().listening(address, index, -1);
    if (here.isEmpty()) {
      listeners.remove(address);
    }
  }

  /** Takes work from the hub; from any thread; false when the loop is too far behind. */
  boolean offer(LoopInbox.Item item) {
    return inbox.offer(item);
  }

  /** Runs an action on the loop; from any thread. */
  void execute(Runnable action) {
    context.runOnContext(turn -> action.run());
  }

  /** Gives a published message to everyone who listens here. */
  void broadcast(String address, EncodedFrame frame) {
    List<BridgeSession> here = listeners.get(address);
    if (here == null) {
      return;
    }
    // Backwards: a session that overruns its queue leaves the list.
    for (int i = here.size() - 1; i >= 0; i--) {
      here.get(i).deliver(address, frame);
    }
  }

  /** Gives a sent message to one of those who listen here; false if nobody does. */
  boolean deliverToOne(String address, int turn, Message<Object> message) {
    List<BridgeSession> here = listeners.get(address);
    if (here == null) {
      return false;
    }
    here.get(Math.floorMod(turn, here.size())).deliverSent(address, message);
    return true;
  }

  /** Closes everyone who listens at an address: the loop could not take a message for them. */
  void overrun(String address) {
    List<BridgeSession> here = listeners.get(address);
    if (here != null) {
      List.copyOf(here).forEach(session -> session.close(CloseCode.SLOW));
    }
  }

  void closeAll(CloseCode code) {
    List.copyOf(sessions).forEach(session -> session.close(code));
  }

  void stop() {
    wheel.stop();
  }

  /** Notes a queue for the flush at the end of this turn. */
  void dirty(OutboundQueue queue) {
    dirty.add(queue);
    if (!flushScheduled) {
      flushScheduled = true;
      context.runOnContext(turn -> flush());
    }
  }

  /** Writes what the queues have gathered, once per socket. */
  void flush() {
    flushScheduled = false;
    List<OutboundQueue> now = dirty;
    dirty = flushing;
    flushing = now;
    for (int i = 0; i < now.size(); i++) {
      now.get(i).flush();
    }
    now.clear();
  }
}
