package io.drawbridge.acceptance.stock;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** sockjs-client in Node posts in chunks; what hides behind such a post is not served. */
class ChunkedPostTest {

  @Test
  void aPostInChunksIsTakenAndIsItsConnectionsLast(@TempDir Path directory) throws IOException {
    try (OurServer server = OurServer.start(directory)) {
      String opened =
          answer(
              server.port(), "POST /eventbus/0/chunks/xhr HTTP/1.1\r\nContent-Length: 0\r\n", "");
      assertThat(opened).startsWith("HTTP/1.1 200");

      String answers =
          answer(
              server.port(),
              "POST /eventbus/0/chunks/xhr_send HTTP/1.1\r\nTransfer-Encoding: chunked\r\n",
              "7\r\n[\"{}\"]\n\r\n0\r\n\r\n"
                  + "GET /health/live HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");

      assertThat(answers).startsWith("HTTP/1.1 204").containsOnlyOnce("HTTP/1.1");
    }
  }

  /** Everything that comes back until the server closes, or until nothing comes any more. */
  private static String answer(int port, String head, String body) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(2_000);
      String request = head + "Host: 127.0.0.1:" + port + "\r\n\r\n" + body;
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      StringBuilder answer = new StringBuilder();
      try {
        for (int next = socket.getInputStream().read();
            next >= 0;
            next = socket.getInputStream().read()) {
          answer.append((char) next);
        }
      } catch (java.net.SocketTimeoutException e) {
        // A connection that stays open has said what it had to say.
      }
      return answer.toString();
    }
  }
}
