package io.drawbridge.bridge;

import io.drawbridge.bridge.transport.EncodedFrame;
import io.drawbridge.protocol.BridgeError;
import io.drawbridge.protocol.ClientFrame;
import io.drawbridge.protocol.CloseCode;
import io.drawbridge.protocol.ServerFrames;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * Says things to the browser in the tongue it understands: the stock one, or ours after a hello.
 */
final class SessionAnswers {

  private final BridgeSession session;
  private final BridgeListener listener;
  private final int spreadMillis;
  private boolean hello;

  /**
   * @param spreadMillis over how long clients that are sent away spread their return
   */
  SessionAnswers(BridgeSession session, BridgeListener listener, int spreadMillis) {
    this.session = session;
    this.listener = listener;
    this.spreadMillis = spreadMillis;
  }

  /** Whether the client said hello. */
  boolean hello() {
    return hello;
  }

  void sayHello() {
    hello = true;
  }

  /** The one answer to a frame with an id. */
  void ok(long id, JsonObject details) {
    if (hello && id != ClientFrame.NO_ID) {
      event("eb.ok", new JsonObject().put("id", id).mergeIn(details));
    }
  }

  /** The answer to a frame about an address. */
  void ok(long id, String address) {
    ok(id, new JsonObject().put("address", address));
  }

  /** The server's own sign of life. */
  void ping() {
    write(ServerFrames.ping());
  }

  void pong() {
    if (hello) {
      write(ServerFrames.pong());
    }
  }

  void event(String name, JsonObject message) {
    write(ServerFrames.event(name, message));
  }

  /**
   * Refuses a frame, and tells the audit log.
   *
   * @param address the reply address of a request; null for others
   */
  void refuse(BridgeError error, long id, @Nullable String address) {
    refuse(error, id, address, address);
  }

  /** Refuses a registration: only who said hello can tell the error from a message there. */
  void refuseRegistration(BridgeError error, long id, String address) {
    refuse(error, id, hello ? address : null, address);
  }

  /**
   * Refuses a frame, and tells the audit log.
   *
   * @param concerned the address that the refused frame was about, for the log
   */
  void refuse(BridgeError error, long id, @Nullable String address, @Nullable String concerned) {
    listener.refused(
        session.source(), error.word(), error.code().code(), concerned, error.message());
    if (hello || address != null) {
      write(ServerFrames.error(error, hello ? id : ClientFrame.NO_ID, address, hello));
    } else {
      write(ServerFrames.error(error.word()));
    }
  }

  /** The failure of a request behind the bridge. */
  void fail(String replyAddress, long id, RequestFailure failure) {
    if (hello) {
      RequestFailure ours = failure.forHello();
      write(ServerFrames.failure(replyAddress, id, ours.code(), ours.type(), ours.message()));
    } else {
      write(ServerFrames.failure(replyAddress, failure.code(), failure.type(), failure.message()));
    }
  }

  /** The last words before the socket closes. */
  void disconnecting(CloseCode code) {
    if (hello) {
      JsonObject message =
          new JsonObject().put("code", code.code()).put("reconnect", code.reconnect());
      if (code.reconnect()) {
        message.put("delayMs", new JsonArray().add(0).add(spreadMillis));
      }
      event("eb.disconnect", message);
    }
  }

  private void write(byte[] json) {
    session.write(new EncodedFrame(json), null);
  }
}
