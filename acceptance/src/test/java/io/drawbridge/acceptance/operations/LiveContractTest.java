package io.drawbridge.acceptance.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.acceptance.ServerProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a running server says of its plugins, to AsyncAPI's own validator and to TypeScript. */
class LiveContractTest {

  @TempDir Path folder;

  @Test
  void whatRunsIsValidAsyncApiAndStrictTypeScriptAndFollowsEachDeployment() throws Exception {
    try (ServerProcess server = ServerProcess.start(folder.resolve("data"))) {
      assertThat(addresses(server))
          .contains("chat.post", "chat.room.{room}", "persistence.append", "persistence.read");

      Command undeployed =
          Command.run(
              folder, "plugins", "undeploy", "chat", "--data", server.dataDirectory().toString());

      assertThat(undeployed.exit()).as(undeployed.err()).isZero();
      assertThat(addresses(server))
          .contains("persistence.append")
          .noneMatch(address -> address.startsWith("chat."));
    }
  }

  private List<String> addresses(ServerProcess server) throws Exception {
    Path acceptance = Path.of(System.getProperty("drawbridge.root"), "acceptance");
    Process node =
        new ProcessBuilder(
                "node", "src/test/node/live-contract.mjs", server.url(), folder.toString())
            .directory(acceptance.toFile())
            .redirectErrorStream(true)
            .start();
    List<String> said = node.inputReader().lines().toList();
    assertThat(node.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(node.exitValue()).as(String.join("\n", said)).isZero();
    return said;
  }
}
