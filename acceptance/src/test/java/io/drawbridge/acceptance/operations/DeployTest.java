package io.drawbridge.acceptance.operations;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbridge.acceptance.ServerProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plugins of a server that runs, changed from the command line. */
class DeployTest {

  @TempDir Path folder;
  private Path noPlugins;

  @BeforeEach
  void prepare() throws Exception {
    noPlugins = Files.createDirectory(folder.resolve("no-plugins"));
  }

  @Test
  void aPluginIsDeployedListedAndUndeployedAndTheAuditLogSaysByWhom() throws Exception {
    Path data = folder.resolve("data");
    String jar = chat().toString();
    try (ServerProcess server = ServerProcess.start(data, "--plugins", noPlugins.toString())) {
      Command deployed = Command.run(folder, "plugins", "deploy", jar);
      assertThat(deployed.err()).isEmpty();
      assertThat(deployed.out()).matches("chat \\S+ runs \\(generation 1\\)\n");
      assertThat(Command.run(folder, "plugins", "list").out()).contains("running", "chat.post");

      assertThat(Command.run(folder, "plugins", "undeploy", "chat").out())
          .matches("chat \\S+ is undeployed\n");
      assertThat(Command.run(folder, "plugins", "undeploy", "chat").exit()).isEqualTo(1);
      assertThat(server.stop()).isZero();
    }
    assertThat(Files.readString(data.resolve("logs/audit.log")))
        .contains("\"message\":\"plugin change: deploy\",\"subject\":\"command-line\"")
        .contains("\"message\":\"plugin change: undeploy\"");
    assertThat(data.resolve("uploads")).isEmptyDirectory();
  }

  @Test
  void halfAJarIsRefusedInOneLineAndAnUnknownPluginToo() throws Exception {
    Path half = folder.resolve("half.jar");
    byte[] bytes = Files.readAllBytes(chat());
    Files.write(half, Arrays.copyOf(bytes, bytes.length / 2));
    Path data = folder.resolve("data");
    try (ServerProcess server = ServerProcess.start(data, "--plugins", noPlugins.toString())) {
      Command refused = Command.run(folder, "plugins", "deploy", half.toString());
      assertThat(refused.exit()).isEqualTo(1);
      assertThat(refused.err()).contains(server.url() + " refused (422): half.jar").hasLineCount(1);
      assertThat(Command.run(folder, "plugins", "rollback", "chta").err())
          .contains("refused (404): plugin chta: is unknown here");
    }
  }

  /** An upload may take longer than a request that nobody has checked. */
  @Test
  void aSlowUploadIsWaitedForAndASlowStrangerIsCutOff() throws Exception {
    Path conf = Files.createDirectory(folder.resolve("conf"));
    Files.writeString(conf.resolve("drawbridge.json"), "{\"limits\": {\"requestHeadSeconds\": 1}}");
    try (ServerProcess server =
        ServerProcess.start(
            folder.resolve("data"), "--plugins", noPlugins.toString(), "--conf", conf.toString())) {
      String token = server.token("carol", "drawbridge:admin");
      try (Socket carol = upload(server, token);
          Socket stranger = upload(server, "forged")) {
        stranger.setSoTimeout(10_000);
        assertThat(new String(stranger.getInputStream().readAllBytes())).contains(" 401 ");
        carol.setSoTimeout(2_500);
        assertThatThrownBy(() -> carol.getInputStream().read())
            .isInstanceOf(SocketTimeoutException.class);

        carol.setSoTimeout(10_000);
        carol.getOutputStream().write("\r\n--XX--\r\n".getBytes(UTF_8));
        assertThat(new String(carol.getInputStream().readNBytes(12))).isEqualTo("HTTP/1.1 422");
      }
    }
  }

  /** All but the end of an upload. */
  private static Socket upload(ServerProcess server, String token) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    String part =
        "--XX\r\nContent-Disposition: form-data; name=\"plugin\"; filename=\"a.jar\"\r\n\r\nno jar";
    String head =
        "POST /admin/api/plugins HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n"
            + "Content-Type: multipart/form-data; boundary=XX\r\nContent-Length: %d\r\n\r\n";
    String text = head.formatted(token, part.length() + 10) + part;
    socket.getOutputStream().write(text.getBytes(UTF_8));
    return socket;
  }

  private static Path chat() throws IOException {
    try (Stream<Path> jars = Files.list(ServerProcess.home().resolve("plugins"))) {
      return jars.filter(jar -> String.valueOf(jar.getFileName()).contains("chat"))
          .findFirst()
          .orElseThrow();
    }
  }
}
