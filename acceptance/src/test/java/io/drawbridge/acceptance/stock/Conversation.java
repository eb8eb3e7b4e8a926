package io.drawbridge.acceptance.stock;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Two clients of one bridge, and everything that the bridge said to either, in order. What differs
 * from run to run (reply addresses of the bus, how long exactly a wait took) is made the same.
 */
final class Conversation implements AutoCloseable {

  private final BridgeSocket alice;
  private final BridgeSocket bob;
  private final List<String> heard = new ArrayList<>();

  private Conversation(BridgeSocket alice, BridgeSocket bob) {
    this.alice = alice;
    this.bob = bob;
  }

  static Conversation begin(int port, BridgeSocket.Framing framing) throws IOException {
    return new Conversation(BridgeSocket.open(port, framing), BridgeSocket.open(port, framing));
  }

  BridgeSocket alice() {
    return alice;
  }

  BridgeSocket bob() {
    return bob;
  }

  /** Alice hears the next frame; it is kept, and handed back as it came. */
  JsonObject aliceHears() throws IOException {
    return hears("alice", alice);
  }

  JsonObject bobHears() throws IOException {
    return hears("bob", bob);
  }

  private JsonObject hears(String who, BridgeSocket socket) throws IOException {
    JsonObject frame = socket.next();
    heard.add(who + " " + canonical(sameEveryTime(frame)));
    return frame;
  }

  /** Alice gets one answer to each of these; text that is no frame included. */
  void aliceSaysAndHears(List<String> texts) throws IOException {
    for (String text : texts) {
      alice.sendText(text);
      aliceHears();
    }
  }

  /** What was heard so far, one line for each frame. */
  List<String> heard() {
    return heard;
  }

  private static JsonObject sameEveryTime(JsonObject frame) {
    JsonObject same = frame.copy();
    if (same.containsKey("replyAddress")) {
      same.put("replyAddress", "(of the bus)");
    }
    if (same.getValue("message") instanceof String message) {
      same.put("message", message.replaceAll("address: \\S+?(?=,|$)", "address: (of the bus)"));
    }
    return same;
  }

  /** Key order does not count in JSON. */
  private static String canonical(Object value) {
    if (value instanceof JsonObject object) {
      List<String> members =
          object.fieldNames().stream()
              .sorted()
              .map(name -> '"' + name + "\":" + canonical(object.getValue(name)))
              .toList();
      return "{" + String.join(",", members) + "}";
    }
    return value instanceof JsonArray array ? array.encode() : Json.encode(value);
  }

  @Override
  public void close() throws IOException {
    alice.close();
    bob.close();
  }
}
