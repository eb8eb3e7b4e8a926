package io.drawbridge.acceptance.stock;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One client of an address reads nothing while the others go on. */
class StalledClientTest {

  private static final int QUEUE_BYTES = 256 * 1024;

  /** What Linux itself may hold for one connection: tcp_wmem's 4 MiB and the receiver's buffer. */
  private static final int KERNEL_BYTES = 5 * 1024 * 1024;

  private static final int BODY_BYTES = 16 * 1024;
  private static final int MESSAGES = 1_000;

  @Test
  void isClosedWith3008WithinItsBoundAndTheOthersLoseNothing(@TempDir Path directory)
      throws Exception {
    JsonObject settings =
        new JsonObject().put("limits", new JsonObject().put("queueBytes", QUEUE_BYTES));
    try (OurServer server = OurServer.start(directory, settings);
        WireSocket stalled = WireSocket.ask(server.port(), "/eventbus/websocket", 16 * 1024);
        Others others = new Others(server.port(), 4)) {
      stalled.sendText(Frames.register("plain.flood").encode());

      others.publishAndHear(MESSAGES);

      assertThat(bytesUntilClosedWith3008(stalled))
          .as("of %d published bytes", MESSAGES * BODY_BYTES)
          .isLessThan(QUEUE_BYTES + KERNEL_BYTES);
      others.publishAndHear(10);
    }
  }

  private static long bytesUntilClosedWith3008(WireSocket stalled) throws IOException {
    long bytes = 0;
    WireSocket.Frame frame = stalled.next();
    while (frame.opcode() != WireSocket.CLOSE) {
      bytes += frame.payload().length;
      frame = stalled.next();
    }
    assertThat(frame.closeCode()).isEqualTo(3008);
    return bytes;
  }

  /** Clients that read everything; the first of them publishes. */
  private static final class Others implements AutoCloseable {

    private final List<BridgeSocket> sockets = new ArrayList<>();
    private int published;

    Others(int port, int count) throws IOException {
      for (int i = 0; i < count; i++) {
        sockets.add(BridgeSocket.raw(port));
      }
      for (BridgeSocket socket : sockets) {
        socket.registerAndHear("plain.flood");
      }
      sockets.get(0).send(Frames.publish("plain.flood", "begin"));
      for (BridgeSocket socket : sockets) {
        socket.restUntil("begin");
      }
    }

    /** Each message comes to each of them, once, in order. */
    void publishAndHear(int messages) throws IOException {
      String padding = " ".repeat(BODY_BYTES - 10);
      for (int i = 0; i < messages; i++) {
        String body = published++ + padding;
        sockets.get(0).send(Frames.publish("plain.flood", body));
        for (BridgeSocket socket : sockets) {
          assertThat(socket.next().getString("body")).isEqualTo(body);
        }
      }
    }

    @Override
    public void close() throws IOException {
      for (BridgeSocket socket : sockets) {
        socket.close();
      }
    }
  }
}
