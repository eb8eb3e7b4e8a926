package io.drawbridge.acceptance.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Starts the client's own tests, which run under Node against a socket that they play by hand. */
class ClientUnitTest {

  @Test
  void theClientsOwnTestsPass() throws Exception {
    Path acceptance = Path.of(System.getProperty("drawbridge.root"), "acceptance");
    var command = new ArrayList<>(List.of("node", "--test", "--test-reporter=tap"));
    try (Stream<Path> files = Files.list(acceptance.resolve("src/test/node"))) {
      files.map(Path::toString).filter(file -> file.endsWith(".test.js")).forEach(command::add);
    }
    Process node =
        new ProcessBuilder(command)
            .directory(acceptance.toFile())
            .redirectErrorStream(true)
            .start();
    String report = new String(node.getInputStream().readAllBytes());

    assertThat(node.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(node.exitValue()).as(report).isZero();
    assertThat(report).contains("# fail 0").doesNotContain("# pass 0\n");
  }
}
