package io.drawbridge.bridge.transport;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The bridge's main transport, seen from the wire. */
class RawWebSocketTest {

  private static final String PATH = "/eventbus/websocket";

  private final TestServer server = TestServer.start();

  @AfterEach
  void stop() {
    server.close();
  }

  private WebSocketClient open(String... headers) {
    return WebSocketClient.open(server.port(), PATH, headers);
  }

  @Test
  void carriesMessagesBothWays() {
    try (WebSocketClient client = open()) {
      assertThat(client.handshake.status()).isEqualTo(101);

      client.text("{\"type\":\"ping\"}");

      assertThat(client.nextText()).isEqualTo("{\"type\":\"ping\"}");
    }
  }
}
