package io.drawbridge.acceptance.stock;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.acceptance.ServerProcess;
import io.vertx.core.json.JsonObject;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server as it ships, killed while people post. */
class KillDuringPostingTest {

  private static final String ROOM = "lobby";
  private static final int STORED_BEFORE_THE_KILL = 300;
  private static final int AT_ONCE = 16;

  @Test
  void everyPostAnsweredAsStoredIsInTheHistoryAfterTheRestart(@TempDir Path data) throws Exception {
    Set<Object> stored;
    try (ServerProcess first = ServerProcess.start(data)) {
      String token = first.token("alice", "chat:read", "chat:write");
      stored = postUntilKilled(first, token);
      assertThat(stored).hasSizeGreaterThanOrEqualTo(STORED_BEFORE_THE_KILL);

      try (ServerProcess second = ServerProcess.start(data)) {
        assertThat(history(second, token)).containsAll(stored);
      }
    }
  }

  /** Posts, always with some under way; the ids that were answered as stored. */
  private static Set<Object> postUntilKilled(ServerProcess server, String token)
      throws IOException {
    Set<Object> stored = new HashSet<>();
    try (BridgeSocket alice = BridgeSocket.signedIn(server.port(), token)) {
      int posted = 0;
      while (posted < AT_ONCE) {
        post(alice, posted++);
      }
      while (stored.size() < STORED_BEFORE_THE_KILL) {
        keepIfStored(alice.next(), stored);
        post(alice, posted++);
      }
      server.kill();
      // Answers that were on their way count as well.
      while (true) {
        keepIfStored(alice.next(), stored);
      }
    } catch (EOFException | SocketException e) {
      return stored;
    }
  }

  private static void post(BridgeSocket alice, int number) throws IOException {
    JsonObject body = new JsonObject().put("room", ROOM).put("text", "line " + number);
    alice.send(Frames.request("chat.post", body, "post-" + number));
  }

  private static void keepIfStored(JsonObject answer, Set<Object> stored) {
    assertThat(answer.getString("type")).as("the answer %s", answer).isEqualTo("rec");
    JsonObject posted = answer.getJsonObject("body");
    if (posted.getBoolean("stored")) {
      stored.add(posted.getValue("id"));
    }
  }

  private static Set<Object> history(ServerProcess server, String token) throws IOException {
    Set<Object> ids = new HashSet<>();
    try (BridgeSocket alice = BridgeSocket.signedIn(server.port(), token)) {
      JsonObject asked = new JsonObject().put("room", ROOM).put("limit", 200);
      boolean more = true;
      for (int page = 0; more; page++) {
        alice.send(Frames.request("chat.history", asked, "history-" + page));
        JsonObject answer = alice.next();
        assertThat(answer.getString("type")).as("the answer %s", answer).isEqualTo("rec");
        JsonObject body = answer.getJsonObject("body");
        for (Object message : body.getJsonArray("messages")) {
          Object id = ((JsonObject) message).getValue("id");
          ids.add(id);
          asked.put("before", id);
        }
        more = body.getBoolean("more");
      }
    }
    return ids;
  }
}
