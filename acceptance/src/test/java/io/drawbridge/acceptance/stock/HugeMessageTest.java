package io.drawbridge.acceptance.stock;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.acceptance.ServerProcess;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server as it ships, and a client that posts far too much at once. */
class HugeMessageTest {

  private static final long HUNDRED_MEGABYTES = 100L << 20;

  @Test
  void aHundredMegabytesToChatEndTheirSenderAloneBeforeTheyAreRead(@TempDir Path data)
      throws Exception {
    try (ServerProcess server = ServerProcess.start(data);
        BridgeSocket bob = signedIn(server, "bob");
        BridgeSocket mallory = signedIn(server, "mallory")) {
      String begin = post("r1", "x".repeat(1_000)).encode().substring(0, 900);

      mallory.wire().beginText(HUNDRED_MEGABYTES, begin.getBytes(StandardCharsets.UTF_8));
      assertThat(mallory.wire().readToClose()).isEqualTo(1009);

      bob.send(post("r2", "still here"));
      JsonObject reply = bob.next();
      assertThat(reply.getString("type")).as("%s", reply).isEqualTo("rec");
      assertThat(reply.getJsonObject("body").getString("text")).isEqualTo("still here");
    }
  }

  private static BridgeSocket signedIn(ServerProcess server, String name) throws Exception {
    return BridgeSocket.signedIn(server.port(), server.token(name, "chat:read", "chat:write"));
  }

  private static JsonObject post(String replyAddress, String text) {
    return new JsonObject()
        .put("type", "send")
        .put("address", "chat.post")
        .put("replyAddress", replyAddress)
        .put("body", new JsonObject().put("room", "lobby").put("text", text));
  }
}
