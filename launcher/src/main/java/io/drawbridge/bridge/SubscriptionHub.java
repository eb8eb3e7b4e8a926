package io.drawbridge.bridge;

import io.drawbridge.bridge.transport.EncodedFrame;
import io.drawbridge.protocol.ServerFrames;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.EncodeException;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One event-bus consumer per address on this node, however many browsers listen: a message is
 * encoded once and handed to the event loops that have listeners. Thread-safe.
 */
final class SubscriptionHub {

  private static final Logger LOG = LoggerFactory.getLogger(SubscriptionHub.class);

  private final Vertx vertx;
  private final Context context;
  private final long lingerMillis;
  private final int mostLoops;
  private final ConcurrentMap<String, Entry> entries = new ConcurrentHashMap<>();
  private final List<BridgeLoop> loops = new CopyOnWriteArrayList<>();

  /**
   * Runs its consumers on the given context, which no socket shares where there are loops enough.
   */
  SubscriptionHub(Vertx vertx, Context context, long lingerMillis, int mostLoops) {
    this.vertx = vertx;
    this.context = context;
    this.lingerMillis = lingerMillis;
    this.mostLoops = mostLoops;
  }

  void join(BridgeLoop loop) {
    loops.add(loop);
  }

  /**
   * How far a consumer is.
   *
   * @param created ends when this node has it: what is sent from here on reaches it
   * @param active succeeds when the cluster knows it too, and fails if it can't be had
   */
  record Opening(Future<Void> created, Future<Void> active) {}

  /** Counts a registration, and opens the address's consumer for the first one. */
  Opening register(String address) {
    while (true) {
      Entry entry = entries.computeIfAbsent(address, Entry::new);
      Opening opening = entry.acquire();
      if (opening != null) {
        return opening;
      }
    }
  }

  /** Takes back a registration; the consumer lingers a while, so that a reload finds it. */
  void unregister(String address) {
    Entry entry = entries.get(address);
    if (entry != null) {
      entry.release();
    }
  }

  /** Notes that a loop has more or fewer listeners. */
  void listening(String address, int loop, int change) {
    Entry entry = entries.get(address);
    if (entry != null) {
      entry.listeners.addAndGet(loop, change);
    }
  }

  /** How many addresses have a consumer. */
  int addresses() {
    return entries.size();
  }

  Future<Void> close() {
    List<Future<Void>> closing = entries.values().stream().map(Entry::close).toList();
    return Future.join(closing).mapEmpty();
  }

  /** One address: its consumer, its count, and how many listen on which loop. */
  private final class Entry {

    private final String address;
    private final Promise<Void> created = Promise.promise();
    private final Promise<Void> active = Promise.promise();
    private final AtomicIntegerArray listeners = new AtomicIntegerArray(mostLoops);
    private @Nullable MessageConsumer<Object> consumer;
    private int registrations;
    private int generation;
    private int turn;
    private boolean opening;
    private boolean gone;

    private Entry(String address) {
      this.address = address;
    }

    private synchronized @Nullable Opening acquire() {
      if (gone) {
        return null;
      }
      registrations++;
      generation++;
      if (!opening) {
        opening = true;
        context.runOnContext(v -> open());
      }
      return new Opening(created.future(), active.future());
    }

    private void open() {
      MessageConsumer<Object> opened = vertx.eventBus().consumer(address, this::deliver);
      if (!keep(opened)) {
        opened.unregister();
      }
      opened
          .completion()
          .onSuccess(v -> active.tryComplete())
          .onFailure(
              cause -> {
                close();
                active.tryFail(cause);
              });
      created.tryComplete();
    }

    private synchronized boolean keep(MessageConsumer<Object> opened) {
      consumer = opened;
      return !gone;
    }

    private synchronized void release() {
      registrations--;
      generation++;
      if (registrations == 0) {
        int seen = generation;
        vertx.setTimer(Math.max(1, lingerMillis), id -> closeIfStillAt(seen));
      }
    }

    private synchronized void closeIfStillAt(int seen) {
      if (generation == seen && !gone) {
        close();
      }
    }

    private synchronized Future<Void> close() {
      gone = true;
      entries.remove(address, this);
      return consumer == null ? Future.succeededFuture() : consumer.unregister();
    }

    private void deliver(Message<Object> message) {
      if (message.isSend()) {
        deliverToOne(message);
      } else {
        deliverToAll(message);
      }
    }

    private void deliverToAll(Message<Object> message) {
      EncodedFrame frame;
      try {
        frame =
            new EncodedFrame(ServerFrames.rec(address, message.body(), message.headers(), null));
      } catch (EncodeException e) {
        LOG.atWarn()
            .addKeyValue("address", address)
            .addKeyValue("error", e.getMessage())
            .log("a published body is nothing that JSON can say; browsers don't get it");
        return;
      }
      Broadcast broadcast = new Broadcast(address, frame);
      for (BridgeLoop loop : loops) {
        if (listeners.get(loop.index()) > 0 && !loop.offer(broadcast)) {
          LOG.atWarn()
              .addKeyValue("address", address)
              .log("an event loop is too far behind; the listeners there are closed as slow");
          loop.execute(() -> loop.overrun(address));
        }
      }
    }

    /** Each listener in its turn, over all loops. */
    private void deliverToOne(Message<Object> message) {
      int total = 0;
      for (BridgeLoop loop : loops) {
        total += listeners.get(loop.index());
      }
      if (total == 0) {
        nobody(message);
        return;
      }
      int place = Math.floorMod(turn++, total);
      for (BridgeLoop loop : loops) {
        int here = listeners.get(loop.index());
        if (place < here) {
          int at = place;
          if (!loop.offer(new Direct(at, this, message))) {
            message.fail(-1, "the bridge is overloaded");
          }
          return;
        }
        place -= here;
      }
      nobody(message);
    }

    /** The listener had gone when the message came: to another, while there is one. */
    private void again(Message<Object> message) {
      context.runOnContext(v -> deliverToOne(message));
    }

    private void nobody(Message<Object> message) {
      if (message.replyAddress() != null) {
        message.reply(
            new ReplyException(ReplyFailure.NO_HANDLERS, -1, "No handlers for address " + address));
      }
    }
  }

  private record Broadcast(String address, EncodedFrame frame) implements LoopInbox.Item {
    @Override
    public int bytes() {
      return frame.length();
    }

    @Override
    public void accept(BridgeLoop loop) {
      loop.broadcast(address, frame);
    }
  }

  /** A sent message on its way to one loop; the listener may have gone when it arrives. */
  private record Direct(int place, Entry entry, Message<Object> message) implements LoopInbox.Item {
    @Override
    public int bytes() {
      return 1024;
    }

    @Override
    public void accept(BridgeLoop loop) {
      if (!loop.deliverToOne(entry.address, place, message)) {
        entry.again(message);
      }
    }
  }
}
