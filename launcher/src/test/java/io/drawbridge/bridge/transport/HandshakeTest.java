package io.drawbridge.bridge.transport;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What a first request tells of its client. */
class HandshakeTest {

  private static Handshake handshake(TestSettings settings, String path, String... headers) {
    try (TestServer server = TestServer.start(settings);
        WebSocketClient client = WebSocketClient.open(server.port(), path, headers)) {
      assertThat(client.handshake.status()).isEqualTo(101);
      return server.onlySocket().socket.handshake();
    }
  }

  @Test
  void bringsATokenInTheAuthorizationHeader() {
    Handshake handshake =
        handshake(new TestSettings(), "/eventbus/websocket", "Authorization: Bearer a.b.c");

    assertThat(handshake.token()).isEqualTo("a.b.c");
    assertThat(handshake.toString()).doesNotContain("a.b.c");
  }

  @Test
  void bringsATokenInTheQueryOnlyWhereTheSettingsSaySo() {
    String path = "/eventbus/websocket?token=a.b.c";

    assertThat(handshake(new TestSettings(), path).token()).isNull();
    assertThat(handshake(new TestSettings().auth("queryToken", true), path).token())
        .isEqualTo("a.b.c");
  }

  @Test
  void namesItsTransportAndAddress() {
    Handshake raw = handshake(new TestSettings(), "/eventbus/websocket");
    Handshake framed = handshake(new TestSettings(), "/eventbus/0/abc/websocket");

    assertThat(raw.transport()).isEqualTo("raw");
    assertThat(framed.transport()).isEqualTo("websocket");
    assertThat(raw.remoteAddress()).isEqualTo("127.0.0.1");
    assertThat(raw.token()).isNull();
  }

  @Test
  void seesThroughTrustedProxiesFromTheRight() {
    TestSettings proxied = new TestSettings().trustedProxies("127.0.0.1/32", "10.0.0.0/8");
    String path = "/eventbus/websocket";

    assertThat(
            handshake(proxied, path, "X-Forwarded-For: 6.6.6.6, 203.0.113.7, 10.1.2.3")
                .remoteAddress())
        .isEqualTo("203.0.113.7");
    assertThat(handshake(proxied, path, "X-Forwarded-For: [2001:db8::1]:4711").remoteAddress())
        .isEqualTo("2001:db8::1");
    assertThat(handshake(proxied, path, "X-Forwarded-For: nonsense").remoteAddress())
        .isEqualTo("127.0.0.1");
    assertThat(handshake(new TestSettings(), path, "X-Forwarded-For: 203.0.113.7").remoteAddress())
        .isEqualTo("127.0.0.1");
  }
}
