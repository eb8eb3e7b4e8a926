package io.drawbridge.acceptance.swap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.drawbridge.bench.swap.Deployer;
import io.drawbridge.bench.swap.SwapLoad;
import io.drawbridge.bench.swap.SwapLoad.Rates;
import io.drawbridge.bench.swap.SwapOutcome;
import io.drawbridge.bench.swap.SwapPlugin;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The disk of the data folder is full when the next version comes. */
class FullDiskTest {

  private static final Rates RATES = new Rates(200, 80, 40);
  private static final int SOME = 40;

  @TempDir Path folder;

  private Path data;

  @BeforeEach
  void mountASmallDisk() throws Exception {
    data = Files.createDirectories(folder.resolve("data"));
    boolean mounted =
        run("mount", "-t", "tmpfs", "-o", "size=8m,mode=0700", "tmpfs", data.toString());
    assumeTrue(mounted, "a small disk can't be mounted here: that takes root and its rights");
  }

  @AfterEach
  void unmount() throws Exception {
    run("umount", "--lazy", data.toString());
  }

  @Test
  void theVersionThatRunsGoesOnAndTheNextIsTakenOnceThereIsRoom() throws Exception {
    Path old = SwapPlugin.of("1.0.0").writeTo(folder.resolve("old.jar"));
    Path next = SwapPlugin.of("1.1.0").writeTo(folder.resolve("next.jar"));
    try (SwapServer server = SwapServer.start(folder)) {
      Deployer deployer = server.deployer();
      assertThat(deployer.deploy(old).status()).isEqualTo(200);
      try (SwapLoad load = server.load(RATES)) {
        load.awaitReplies(SOME);
        Path filler = fill();
        Deployer.Answer refused = deployer.deploy(next);
        load.awaitReplies(SOME);
        Files.delete(filler);

        assertThat(refused.status()).isGreaterThanOrEqualTo(400);
        assertThat(refused.body()).containsIgnoringCase("look at the disk");
        assertThat(Listing.runs(deployer.plugins().get(0), "1.0.0")).isTrue();

        assertThat(deployer.deploy(next).status()).isEqualTo(200);
        load.awaitReplies(SOME);
        SwapOutcome outcome = load.finish();
        assertThat(outcome.told()).isEmpty();
        assertThat(outcome.repliesByVersion()).containsOnlyKeys("1.0.0", "1.1.0");
      }
    }
  }

  /** Takes all the room there is. */
  private Path fill() throws IOException {
    Path filler = data.resolve("filler");
    try (OutputStream out = Files.newOutputStream(filler)) {
      byte[] chunk = new byte[4096];
      while (true) {
        out.write(chunk);
      }
    } catch (IOException full) {
      return filler;
    }
  }

  private static boolean run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getInputStream().readAllBytes();
    return process.waitFor() == 0;
  }
}
