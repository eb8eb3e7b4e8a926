package io.drawbridge.bridge.transport;

import io.drawbridge.http.Sweeper;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A SockJS session over HTTP: a socket whose way out is whichever response waits just now, and
 * whose way in are posts. Lives on the event loop of its first request.
 */
final class SockJsSession implements Socket, Sweeper.Swept {

  /** Beyond this a stream takes no more until the network has. */
  private static final long MOST_PENDING = 65_536;

  /** Clients send one post at a time; more than a few at once are no client's. */
  private static final int MOST_POSTS = 8;

  private static final int ANOTHER_RECEIVER = 2010;
  private static final int INTERRUPTED = 1002;

  private record Post(Deque<Buffer> messages, Runnable taken) {}

  private final Handshake handshake;
  private final SessionBinding binding;
  private final SocketLoop loop = SocketLoop.current();
  private final SocketAcceptor acceptor;
  private final Runnable onEnd;
  private final long heartbeatMillis;
  private final long disconnectMillis;
  private final List<EncodedFrame> held = new ArrayList<>();
  private final Deque<Post> posts = new ArrayDeque<>(0);
  private @Nullable SocketListener listener;
  private @Nullable SockJsReceiver receiver;
  private byte @Nullable [] closeFrame;
  private boolean reading = true;
  private boolean handing;
  private long pending;
  private long changedAt = Sweeper.now();

  SockJsSession(
      Handshake handshake,
      SessionBinding binding,
      SocketAcceptor acceptor,
      long heartbeatMillis,
      long disconnectMillis,
      Runnable onEnd) {
    this.handshake = handshake;
    this.binding = binding;
    this.acceptor = acceptor;
    this.heartbeatMillis = heartbeatMillis;
    this.disconnectMillis = disconnectMillis;
    this.onEnd = onEnd;
  }

  @Override
  public Handshake handshake() {
    return handshake;
  }

  /** Who may go on with this session; from any thread. */
  SessionBinding binding() {
    return binding;
  }

  /** Where everything else here has to be called. */
  SocketLoop loop() {
    return loop;
  }

  /** A response waits for frames: the first opens the session, and only one may wait at a time. */
  void attach(SockJsReceiver next) {
    if (closeFrame != null) {
      sayHeld(next);
      next.finish(closeFrame);
    } else if (receiver != null) {
      next.finish(SockJsLetters.close(ANOTHER_RECEIVER, "Another connection still open"));
    } else {
      receiver = next;
      changedAt = Sweeper.now();
      if (listener == null) {
        emit(SockJsLetters.OPEN);
        listener = acceptor.accept(this);
      } else {
        goOn(listener);
      }
    }
  }

  private void goOn(SocketListener hearer) {
    if (!held.isEmpty()) {
      emit(SockJsLetters.array(held));
      held.clear();
    }
    if (writable()) {
      hearer.writable();
    }
  }

  /** What was written before the close goes out before the close frame. */
  private void sayHeld(SockJsReceiver next) {
    if (!held.isEmpty()) {
      next.send(SockJsLetters.array(held), () -> {});
      held.clear();
    }
  }

  /** Messages that a post brought; {@code taken} is called when the listener has had them all. */
  void receive(List<Buffer> messages, Runnable taken) {
    if (posts.size() >= MOST_POSTS) {
      taken.run();
      close(WebSocketCloseCode.TOO_BIG, "too many posts at once");
      return;
    }
    posts.add(new Post(new ArrayDeque<>(messages), taken));
    hand();
  }

  private void hand() {
    if (handing) {
      return;
    }
    handing = true;
    while (reading && !posts.isEmpty()) {
      Buffer message = posts.element().messages().poll();
      SocketListener hearer = listener;
      if (message == null) {
        posts.remove().taken().run();
      } else if (hearer != null && closeFrame == null) {
        hearer.received(message);
      }
    }
    handing = false;
  }

  @Override
  public void execute(Runnable action) {
    loop.execute(action);
  }

  @Override
  public boolean writable() {
    return closeFrame == null && receiver != null && pending < MOST_PENDING;
  }

  @Override
  public long pendingBytes() {
    return pending;
  }

  /** Without a receiver the frames wait here: a caller that asked {@link #writable} leaves none. */
  @Override
  public void write(List<EncodedFrame> frames) {
    if (closeFrame != null || frames.isEmpty()) {
      return;
    }
    if (receiver == null) {
      held.addAll(frames);
    } else {
      emit(SockJsLetters.array(frames));
    }
  }

  private void emit(byte[] frame) {
    SockJsReceiver to = receiver;
    if (to == null) {
      return;
    }
    changedAt = Sweeper.now();
    int[] length = new int[1];
    length[0] = to.send(frame, () -> loop.execute(() -> written(length[0])));
    pending += length[0];
    if (to.finished()) {
      receiver = null;
    }
  }

  private void written(long length) {
    boolean full = pending >= MOST_PENDING;
    pending -= length;
    SocketListener hearer = listener;
    if (full && hearer != null && writable()) {
      hearer.writable();
    }
  }

  /** A post is answered when its messages were taken: that is how its sender feels it. */
  @Override
  public void read(boolean on) {
    reading = on || closeFrame != null;
    hand();
  }

  @Override
  public void close(int code, String reason) {
    if (closeFrame != null) {
      return;
    }
    closeFrame = SockJsLetters.close(code, reason);
    changedAt = Sweeper.now();
    SockJsReceiver to = receiver;
    receiver = null;
    if (to != null) {
      to.finish(closeFrame);
    }
    loop.execute(this::ended);
    read(true);
  }

  private void ended() {
    SocketListener hearer = listener;
    listener = null;
    if (hearer != null) {
      hearer.closed();
    }
  }

  /** The client broke off a response: what it carried may be lost, so the session can't go on. */
  void gone(SockJsReceiver which) {
    if (receiver == which) {
      receiver = null;
      close(INTERRUPTED, "Connection interrupted");
    }
  }

  @Override
  public boolean sweep(long now) {
    if (receiver != null) {
      if (now - changedAt >= heartbeatMillis) {
        emit(SockJsLetters.HEARTBEAT);
      }
      return true;
    }
    if (now - changedAt < disconnectMillis) {
      return true;
    }
    if (closeFrame == null) {
      close(INTERRUPTED, "Session timed out");
    }
    onEnd.run();
    return false;
  }
}
