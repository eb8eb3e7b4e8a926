package io.drawbridge.acceptance.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.acceptance.ServerProcess;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartAndStopTest {

  @TempDir Path folder;
  private Path data;
  private Path noPlugins;

  @BeforeEach
  void prepare() throws Exception {
    data = folder.resolve("data");
    noPlugins = Files.createDirectory(folder.resolve("no-plugins"));
  }

  @Test
  void isReadyLivesAndTellsWhereItIs() throws Exception {
    try (ServerProcess server = start()) {
      assertThat(get(server, "/health/ready").body()).isEqualTo("{\"status\":\"ready\"}");
      assertThat(get(server, "/health/live").statusCode()).isEqualTo(200);
      assertThat(Files.readString(data.resolve("server.json")))
          .contains("\"url\":\"" + server.url() + "\"");
      assertThat(server.output()).isEqualTo("ready " + server.url());
    }
  }

  @Test
  void socketsCloseWith3001AndTheProcessExitsWith0WhenAskedToStop() throws Exception {
    try (ServerProcess server = start()) {
      CompletableFuture<Integer> closed = new CompletableFuture<>();
      WebSocket socket = open(server, closed);
      socket.sendText("{\"type\":\"ping\"}", true).get(5, TimeUnit.SECONDS);

      assertThat(server.stop()).isZero();

      assertThat(closed.get(5, TimeUnit.SECONDS)).isEqualTo(3001);
      assertThat(data.resolve("server.json")).doesNotExist();
    }
  }

  @Test
  void aSecondServerOnTheSameDataFolderIsRefused() {
    try (ServerProcess server = start()) {
      Command second =
          Command.run(folder, "--port", "0", "--data", "data", "--plugins", "no-plugins");

      assertThat(second.exit()).isEqualTo(1);
      assertThat(second.err())
          .contains("the data folder data belongs to the server at " + server.url())
          .hasLineCount(1);
    }
  }

  @Test
  void aPortInUseIsSaidInOneLine() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = String.valueOf(taken.getLocalPort());

      Command command = Command.run(folder, "--port", port, "--plugins", "no-plugins");

      assertThat(command.exit()).isEqualTo(1);
      assertThat(command.err())
          .isEqualTo(
              "drawbridge: 127.0.0.1:%s is in use: stop what listens there, or choose another port with --port\n"
                  .formatted(port));
    }
  }

  @Test
  void aDataFolderThatCannotBeMadeIsSaidInOneLine() throws Exception {
    Files.writeString(folder.resolve("file"), "");

    Command command = Command.run(folder, "--port", "0", "--data", "file/data");

    assertThat(command.exit()).isEqualTo(1);
    assertThat(command.err()).contains("file/data").contains("--data").hasLineCount(1);
  }

  @Test
  void metricsCountAConnection() throws Exception {
    try (ServerProcess server = start()) {
      open(server, new CompletableFuture<>());

      assertThat(get(server, "/metrics").body())
          .contains("drawbridge_connections{transport=\"raw\"} 1.0");
    }
  }

  @Test
  void aPluginThatDoesNotStartIsListedWithItsReasonAndTheServerServes() throws Exception {
    Files.writeString(noPlugins.resolve("broken.jar"), "no zip at all");

    try (ServerProcess server = start()) {
      assertThat(get(server, "/health/ready").statusCode()).isEqualTo(200);
      assertThat(get(server, "/health/ready").body())
          .contains("\"status\":\"degraded\"")
          .contains("broken.jar");
      assertThat(Command.run(folder, "plugins", "list", "--json").out())
          .contains("\"state\" : \"failed\"")
          .contains("broken.jar");
    }
  }

  @Test
  void anAdministratorIsAskedForAToken() throws Exception {
    try (ServerProcess server = start()) {
      assertThat(get(server, "/admin/api/plugins").statusCode()).isEqualTo(401);
      assertThat(get(server, "/admin/api/plugins", server.token("alice", "chat:read")).statusCode())
          .isEqualTo(403);
      assertThat(
              get(server, "/admin/api/plugins", server.token("carol", "drawbridge:admin")).body())
          .isEqualTo("[]");
    }
    assertThat(Files.readString(data.resolve("logs/audit.log")))
        .contains("\"message\":\"admin call\",\"subject\":\"alice\"")
        .contains("\"status\":403");
  }

  @Test
  void aRefusedFrameIsInTheAuditLogWithoutItsBody() throws Exception {
    try (ServerProcess server = start()) {
      CompletableFuture<Integer> closed = new CompletableFuture<>();
      WebSocket socket = open(server, closed);
      socket
          .sendText("{\"type\":\"send\",\"address\":\"a.b\",\"body\":\"my secret\"}", true)
          .get(5, TimeUnit.SECONDS);
      socket.sendClose(1000, "").get(5, TimeUnit.SECONDS);
      closed.get(5, TimeUnit.SECONDS);
    }
    assertThat(Files.readString(data.resolve("logs/audit.log")))
        .contains("\"message\":\"refused: ")
        .contains("\"address\":\"a.b\"")
        .doesNotContain("my secret");
  }

  private ServerProcess start() {
    return ServerProcess.start(data, "--plugins", noPlugins.toString());
  }

  private static HttpResponse<String> get(ServerProcess server, String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(server.url() + path)).build(),
            BodyHandlers.ofString());
  }

  private static HttpResponse<String> get(ServerProcess server, String path, String token)
      throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(server.url() + path))
                .header("Authorization", "Bearer " + token)
                .build(),
            BodyHandlers.ofString());
  }

  private static WebSocket open(ServerProcess server, CompletableFuture<Integer> closed)
      throws Exception {
    WebSocket.Listener listener =
        new WebSocket.Listener() {
          @Override
          public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            closed.complete(code);
            return null;
          }
        };
    String url = server.url().replaceFirst("http", "ws") + "/eventbus/websocket";
    return HttpClient.newHttpClient()
        .newWebSocketBuilder()
        .buildAsync(URI.create(url), listener)
        .get(5, TimeUnit.SECONDS);
  }
}
