package io.drawbridge.acceptance.stock;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An address whose rule asks for an authority, with the words that the stock bridge has for it. */
class GuardedAddressTest {

  private static final String ROOM = "guarded.room";

  private static OurServer ours;

  @BeforeAll
  static void start(@TempDir Path directory) throws IOException {
    ours = OurServer.start(directory);
  }

  @AfterAll
  static void end() {
    if (ours != null) {
      ours.close();
    }
  }

  @Test
  void nobodySignedInIsToldToSignIn() throws IOException {
    try (BridgeSocket anonymous = BridgeSocket.raw(ours.port())) {
      assertThat(answersToEveryVerb(anonymous)).containsOnly("not_logged_in");
    }
  }

  @Test
  void whoeverLacksTheAuthorityIsDenied() throws IOException {
    String token = ours.token("bob", "other:use");
    try (BridgeSocket bob = BridgeSocket.signedIn(ours.port(), token)) {
      assertThat(answersToEveryVerb(bob)).containsOnly("access_denied");
    }
  }

  private static List<String> answersToEveryVerb(BridgeSocket socket) throws IOException {
    socket.register(ROOM).send(Frames.send(ROOM, 1)).send(Frames.publish(ROOM, 1));
    return socket.next(3).stream().map(frame -> frame.getString("body")).toList();
  }

  /** Neither side has a rule for the reply; the permitted request is enough. */
  @Test
  void whoeverHoldsItPassesAndMayAnswer() throws IOException {
    String token = ours.token("alice", "guard:use");
    try (BridgeSocket alice = BridgeSocket.signedIn(ours.port(), token);
        BridgeSocket carol = BridgeSocket.signedIn(ours.port(), token)) {
      alice.registerAndHear(ROOM);
      carol.send(Frames.request(ROOM, "are you there?", "reply-1"));
      String replyAddress = alice.next().getString("replyAddress");
      alice.send(
          Frames.send(replyAddress, "yes").put("headers", new JsonObject().put("tone", "kind")));

      JsonObject reply = carol.next();

      assertThat(reply.getString("address")).isEqualTo("reply-1");
      assertThat(reply.getValue("body")).isEqualTo("yes");
      assertThat(reply.getJsonObject("headers")).isEqualTo(new JsonObject().put("tone", "kind"));
    }
  }

  /** As {@code new EventBus(url)} users do it: {@code eb.defaultHeaders = {Authorization: …}}. */
  @Test
  void aStockClientSignsInByAHeaderInItsFrames() throws IOException {
    String token = ours.token("alice", "guard:use");
    JsonObject headers = new JsonObject().put("Authorization", "Bearer " + token);
    try (BridgeSocket alice = BridgeSocket.raw(ours.port())) {
      alice.send(Frames.register(ROOM + ".headers").put("headers", headers));
      alice.send(Frames.publish(ROOM + ".headers", "mine").put("headers", headers));

      JsonObject heard = alice.next();

      assertThat(heard.getValue("body")).isEqualTo("mine");
      assertThat(heard.containsKey("headers")).isFalse();
    }
  }
}
