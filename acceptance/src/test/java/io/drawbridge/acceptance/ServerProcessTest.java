package io.drawbridge.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerProcessTest {

  @Test
  void servesAtTheAddressThatItsReadyLineNamesAndStopsAsAsked(@TempDir Path data) throws Exception {
    try (var server = ServerProcess.start(data)) {
      assertThat(statusOf(server.url() + "/health/live")).isEqualTo(200);
      assertThat(server.stop()).isZero();
    }
  }

  @Test
  void aTokenOfOneRunIsSignedWithTheKeyOfTheNext(@TempDir Path data) {
    String token;
    try (var first = ServerProcess.start(data)) {
      token = first.token("alice", "chat:read");
      first.kill();
    }
    try (var second = ServerProcess.start(data)) {
      assertThat(token.split("\\.")).hasSize(3);
      assertThat(headerOf(second.token("alice", "chat:read"))).isEqualTo(headerOf(token));
    }
  }

  /** The header names the key. */
  private static String headerOf(String token) {
    return token.split("\\.")[0];
  }

  private static int statusOf(String url) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode();
  }
}
