package io.drawbridge.acceptance.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.acceptance.ServerProcess;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The project that {@code new-plugin} writes, as its author meets it: outside, and offline. */
class NewPluginTest {

  private static final int BUILD_SECONDS = 180;

  @TempDir Path folder;

  @Test
  void itBuildsTestsItselfAndDeploysAsItStands() throws Exception {
    Command written = Command.run(folder, "new-plugin", "order-desk");
    assertThat(written.exit()).as(written.err()).isZero();
    Path project = folder.resolve("order-desk");

    maven(project, "package");

    assertThat(project.resolve("target/surefire-reports/com.example.orderdesk.OrderDeskTest.txt"))
        .content()
        .contains("Tests run: 4, Failures: 0, Errors: 0, Skipped: 0");
    try (ServerProcess server = ServerProcess.start(folder.resolve("data"), noPlugins())) {
      assertThat(deploy(project, server).getString("version")).isEqualTo("1.0.0");

      Path pom = project.resolve("pom.xml");
      Files.writeString(
          pom,
          Files.readString(pom).replace("<version>1.0.0</version>", "<version>1.1.0</version>"));
      maven(project, "package", "-DskipTests");

      JsonObject next = deploy(project, server);
      assertThat(next.getString("version")).isEqualTo("1.1.0");
      assertThat(next.getString("previous")).isEqualTo("1.0.0");
      assertThat(next.getJsonArray("addresses")).containsExactly("order.desk.hello");
    }
  }

  @Test
  void aNameThatNoPluginCanHaveIsRefusedWithTheRule() {
    Command refused = Command.run(folder, "new-plugin", "Order_Desk");

    assertThat(refused.exit()).isEqualTo(2);
    assertThat(refused.err())
        .contains("\"Order_Desk\" can't be a plugin's name: use small letters");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void whatIsThereAlreadyIsLeftAlone() throws IOException {
    Files.writeString(folder.resolve("greet"), "mine");

    Command refused = Command.run(folder, "new-plugin", "greet");

    assertThat(refused.exit()).isEqualTo(2);
    assertThat(refused.err()).contains("greet is there already");
    assertThat(folder.resolve("greet")).content().isEqualTo("mine");
  }

  @Test
  void aWordOfJavaIsNoPackage() {
    Command refused = Command.run(folder, "new-plugin", "switch");

    assertThat(refused.exit()).isEqualTo(2);
    assertThat(refused.err()).contains("can't be a Java package: give one with --package");
  }

  private String[] noPlugins() throws IOException {
    return new String[] {
      "--plugins", Files.createDirectories(folder.resolve("plugins")).toString()
    };
  }

  private JsonObject deploy(Path project, ServerProcess server) {
    String jar = project.resolve("target/order-desk.jar").toString();
    ServerProcess.run("plugins", "deploy", jar, "--data", server.dataDirectory().toString());
    return new JsonArray(
            ServerProcess.run(
                "plugins", "list", "--json", "--data", server.dataDirectory().toString()))
        .getJsonObject(0);
  }

  /** Plain Maven without a network: all that the project needs came with our own build. */
  private static void maven(Path project, String... goals) throws Exception {
    List<String> command = new ArrayList<>(List.of("mvn", "-o", "-q", "-B"));
    command.addAll(List.of(goals));
    Path log = project.resolveSibling("maven.log");
    Process process =
        new ProcessBuilder(command)
            .directory(project.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    boolean ended = process.waitFor(BUILD_SECONDS, TimeUnit.SECONDS);
    process.destroyForcibly();
    assertThat(ended && process.exitValue() == 0).as(Files.readString(log)).isTrue();
  }
}
