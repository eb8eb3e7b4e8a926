package io.drawbridge.protocol;

import io.vertx.core.MultiMap;
import org.jspecify.annotations.Nullable;

/**
 * What a browser may say. A new frame breaks the build until every receiver answers it.
 *
 * <p>{@code id} is the client's number for the frame, for the one answer it gets; {@link #NO_ID}
 * where there is none.
 */
public sealed interface ClientFrame {

  /** No id was sent. */
  long NO_ID = -1;

  /** Hands the frame to the receiver's method for it. */
  void deliverTo(Receiver receiver);

  /** The client's number for the frame; its one answer carries it. */
  default long id() {
    return NO_ID;
  }

  /** Where a request expects its reply, or its failure; null for all other frames. */
  default @Nullable String replyAddress() {
    return null;
  }

  /** A token that came inside the frame's headers. */
  default @Nullable String bearer() {
    return null;
  }

  /** Has an answer for every frame. */
  interface Receiver {
    void ping(Ping frame);

    void pong(Pong frame);

    void register(Register frame);

    void unregister(Unregister frame);

    void send(Send frame);

    void publish(Publish frame);

    void history(History frame);

    void refresh(Refresh frame);

    void malformed(Malformed frame);
  }

  /** A sign of life; with a hello, the wish for the richer protocol. */
  record Ping(@Nullable Hello hello) implements ClientFrame {
    @Override
    public void deliverTo(Receiver receiver) {
      receiver.ping(this);
    }
  }

  /** What {@code ping.ext} says; {@code resume} if it asks for subscriptions to be recovered. */
  record Hello(int version, @Nullable String token, boolean resume) {
    @Override
    public String toString() {
      return "Hello[version=" + version + "]";
    }
  }

  /** The answer to the server's ping. */
  record Pong() implements ClientFrame {
    @Override
    public void deliverTo(Receiver receiver) {
      receiver.pong(this);
    }
  }

  /** Wants what is published at an address; {@code recover} if also what was missed. */
  record Register(String address, long id, boolean recover, @Nullable String bearer)
      implements ClientFrame {
    @Override
    public void deliverTo(Receiver receiver) {
      receiver.register(this);
    }

    @Override
    public String toString() {
      return "Register[address=" + address + ", id=" + id + "]";
    }
  }

  /** Wants no more of an address. */
  record Unregister(String address, long id) implements ClientFrame {
    @Override
    public void deliverTo(Receiver receiver) {
      receiver.unregister(this);
    }
  }

  /**
   * Sends to one consumer, or answers a request when the address is a reply address.
   *
   * @param headers never any that begin with {@code eb-}, never {@code Authorization}
   * @param body a JsonObject, JsonArray, String, Number, Boolean or null
   * @param replyAddress where the client expects the reply; null if it expects none
   * @param timeoutMillis how long it waits; 0 for the default
   * @param keyed whether an idempotency key came with it
   */
  record Send(
      String address,
      MultiMap headers,
      @Nullable Object body,
      @Nullable String replyAddress,
      long timeoutMillis,
      boolean keyed,
      long id,
      @Nullable String bearer)
      implements ClientFrame {
    @Override
    public void deliverTo(Receiver receiver) {
      receiver.send(this);
    }

    @Override
    public String toString() {
      return "Send[address=" + address + ", id=" + id + "]";
    }
  }

  /** Publishes to all; the components are those of {@link Send}. */
  record Publish(
      String address,
      MultiMap headers,
      @Nullable Object body,
      boolean keyed,
      long id,
      @Nullable String bearer)
      implements ClientFrame {
    @Override
    public void deliverTo(Receiver receiver) {
      receiver.publish(this);
    }

    @Override
    public String toString() {
      return "Publish[address=" + address + ", id=" + id + "]";
    }
  }

  /** Asks for earlier messages of an address. */
  record History(String address, long id) implements ClientFrame {
    @Override
    public void deliverTo(Receiver receiver) {
      receiver.history(this);
    }
  }

  /** Brings a newer token. */
  record Refresh(String token, long id) implements ClientFrame {
    @Override
    public void deliverTo(Receiver receiver) {
      receiver.refresh(this);
    }

    @Override
    public String toString() {
      return "Refresh[id=" + id + "]";
    }
  }

  /**
   * Something that is no frame.
   *
   * @param address the address that the error belongs to; null where none was understood
   * @param replyAddress where a request expects its failure; null where none was understood
   */
  record Malformed(
      BridgeError error, @Nullable String address, @Nullable String replyAddress, long id)
      implements ClientFrame {
    @Override
    public void deliverTo(Receiver receiver) {
      receiver.malformed(this);
    }
  }
}
