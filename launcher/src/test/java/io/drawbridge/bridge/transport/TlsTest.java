package io.drawbridge.bridge.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.net.SelfSignedCertificate;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The same server behind TLS, from PEM files. */
class TlsTest {

  private static SelfSignedCertificate certificate;

  private final TestServer server =
      TestServer.start(
          new TestSettings()
              .limit("requestHeadSeconds", 4)
              .tls(Path.of(certificate.certificatePath()), Path.of(certificate.privateKeyPath())));

  @BeforeAll
  static void certify() {
    certificate = SelfSignedCertificate.create("localhost");
  }

  @AfterAll
  static void forget() {
    certificate.delete();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private SSLSocket socket(String... protocols) throws GeneralSecurityException, IOException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new TrustsAnybody()}, null);
    SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", server.port());
    if (protocols.length > 0) {
      socket.setEnabledProtocols(protocols);
    }
    return socket;
  }

  @Test
  void carriesWebSockets() throws Exception {
    try (WebSocketClient client =
        WebSocketClient.open(new TestClient(socket()), "/eventbus/websocket")) {
      assertThat(client.text("secretly").nextText()).isEqualTo("secretly");
      String large = "x".repeat(60_000);
      EchoSocket echo = server.onlySocket();
      for (int i = 0; i < 100; i++) {
        echo.say(large);
      }
      for (int i = 0; i < 100; i++) {
        assertThat(client.nextText()).hasSize(60_000);
      }
      echo.socket.execute(
          () -> {
            echo.socket.write(List.of(EchoSocket.frame("last words")));
            echo.socket.close(3001, "shutdown");
          });
      assertThat(client.nextText()).isEqualTo("last words");
      assertThat(client.nextCloseCode()).isEqualTo(3001);
    }
  }

  @Test
  void takesItsOwnOriginAsHttps() throws Exception {
    try (TestClient client = new TestClient(socket())) {
      String host = client.host();
      assertThat(client.get("/eventbus/info", "Origin: https://" + host).status()).isEqualTo(200);
      assertThat(client.get("/eventbus/info", "Origin: http://" + host).status()).isEqualTo(403);
    }
  }

  @Test
  void speaksModernProtocols() throws Exception {
    for (String modern : List.of("TLSv1.2", "TLSv1.3")) {
      try (SSLSocket socket = socket(modern)) {
        socket.startHandshake();
        assertThat(socket.getSession().getProtocol()).isEqualTo(modern);
      }
    }
  }

  /** By hand, because a modern JDK no longer says such a hello. */
  @Test
  void refusesTls11() {
    ByteBuffer hello = ByteBuffer.allocate(52);
    hello.put((byte) 0x16).putShort((short) 0x0301).putShort((short) 47);
    hello.put((byte) 1).put((byte) 0).putShort((short) 43).putShort((short) 0x0302);
    hello.put(new byte[32]).put((byte) 0);
    hello.putShort((short) 4).putShort((short) 0xc013).putShort((short) 0x002f);
    hello.put((byte) 1).put((byte) 0);
    try (TestClient client = TestClient.connect(server.port())) {
      client.write(hello.array());

      byte[] alert = client.bytes(7);
      assertThat(alert[0]).as("an alert").isEqualTo((byte) 0x15);
      assertThat(alert[6]).as("protocol_version").isEqualTo((byte) 70);
    }
  }

  @Test
  void cutsAHandshakeThatNeverComes() {
    try (TestClient client = TestClient.connect(server.port())) {
      assertThat(client.ended()).isTrue();
    }
  }

  /** The certificate is made for this test alone. */
  private static final class TrustsAnybody implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
