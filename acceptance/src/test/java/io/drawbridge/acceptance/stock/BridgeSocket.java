package io.drawbridge.acceptance.stock;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** A client of the bridge that speaks its frames as JSON, over either framing. */
final class BridgeSocket implements AutoCloseable {

  private final WireSocket wire;
  private final Framing framing;
  private final Deque<String> unread = new ArrayDeque<>();
  private int lastOpcode;

  /** How the JSON is wrapped. */
  enum Framing {
    RAW,
    SOCKJS
  }

  private BridgeSocket(WireSocket wire, Framing framing) {
    this.wire = wire;
    this.framing = framing;
  }

  static BridgeSocket open(int port, Framing framing, String... headers) throws IOException {
    if (framing == Framing.RAW) {
      return new BridgeSocket(WireSocket.open(port, "/eventbus/websocket", headers), framing);
    }
    String session = Long.toString(System.nanoTime(), 36);
    WireSocket wire = WireSocket.open(port, "/eventbus/000/" + session + "/websocket", headers);
    String opening = wire.next().text();
    if (!opening.equals("o")) {
      throw new AssertionError("SockJS opens with o, not with " + opening);
    }
    return new BridgeSocket(wire, framing);
  }

  static BridgeSocket raw(int port, String... headers) throws IOException {
    return open(port, Framing.RAW, headers);
  }

  /** One that presents a token at the handshake. */
  static BridgeSocket signedIn(int port, String token) throws IOException {
    return raw(port, "Authorization: Bearer " + token);
  }

  WireSocket wire() {
    return wire;
  }

  BridgeSocket send(JsonObject frame) throws IOException {
    return sendText(frame.encode());
  }

  /** Sends what may be no JSON at all. */
  BridgeSocket sendText(String frame) throws IOException {
    wire.sendText(framing == Framing.RAW ? frame : new JsonArray().add(frame).encode());
    return this;
  }

  BridgeSocket register(String address) throws IOException {
    return send(Frames.register(address));
  }

  /** The next frame of the bridge. */
  JsonObject next() throws IOException {
    while (unread.isEmpty()) {
      WireSocket.Frame frame = wire.next();
      if (frame.opcode() == WireSocket.CLOSE) {
        throw new AssertionError("closed with " + frame.closeCode());
      }
      lastOpcode = frame.opcode();
      unwrap(frame.text());
    }
    return new JsonObject(unread.poll());
  }

  /** So many frames. */
  List<JsonObject> next(int count) throws IOException {
    List<JsonObject> frames = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      frames.add(next());
    }
    return frames;
  }

  /** The frames before the one that this socket now sends itself over the bus. */
  List<JsonObject> restUntilEchoAt(String address) throws IOException {
    String mark = "mark-" + System.nanoTime();
    send(Frames.publish(address, mark));
    return restUntil(mark);
  }

  /** The frames before the one with this body. */
  List<JsonObject> restUntil(String body) throws IOException {
    List<JsonObject> frames = new ArrayList<>();
    JsonObject frame = next();
    while (!body.equals(frame.getValue("body"))) {
      frames.add(frame);
      frame = next();
    }
    return frames;
  }

  /** Registers, and returns once messages arrive there; the address must be open to anyone. */
  BridgeSocket registerAndHear(String address) throws IOException {
    register(address);
    restUntilEchoAt(address);
    return this;
  }

  /** The WebSocket opcode that carried the last frame read. */
  int lastOpcode() {
    return lastOpcode;
  }

  private void unwrap(String text) {
    if (framing == Framing.RAW) {
      unread.add(text);
    } else if (text.startsWith("a")) {
      new JsonArray(text.substring(1)).forEach(frame -> unread.add((String) frame));
    } else if (text.startsWith("c")) {
      throw new AssertionError("closed with " + text);
    }
  }

  @Override
  public void close() throws IOException {
    wire.close();
  }
}
