package io.drawbridge.acceptance.swap;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.bench.swap.Deployer;
import io.drawbridge.bench.swap.SwapLoad;
import io.drawbridge.bench.swap.SwapLoad.Rates;
import io.drawbridge.bench.swap.SwapOutcome;
import io.drawbridge.bench.swap.SwapPlugin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The power goes while a plugin is swapped: one of the two versions runs again, whole. */
class KilledSwapTest {

  private static final Rates RATES = new Rates(200, 80, 40);

  @TempDir Path folder;

  /** At half a second the next version, which takes that long to start, is about to take over. */
  @ParameterizedTest
  @ValueSource(ints = {5, 100, 500, 550, 700})
  void aKilledServerStartsAgainWithOneOfTheTwoVersions(int millis) throws Exception {
    Path old = SwapPlugin.of("1.0.0").writeTo(folder.resolve("old.jar"));
    Path next = SwapPlugin.of("1.1.0").starting("late").writeTo(folder.resolve("next.jar"));
    try (SwapServer server = SwapServer.start(folder)) {
      assertThat(server.deployer().deploy(old).status()).isEqualTo(200);
      CompletableFuture<Void> deploying = deploy(server.deployer(), next);
      waitOrEnd(deploying, millis);
      server.killAndRestart();

      try (SwapLoad load = server.load(RATES)) {
        load.awaitReplies(40);
        SwapOutcome outcome = load.finish();

        assertThat(outcome.told()).isEmpty();
        assertThat(outcome.repliesByVersion()).hasSize(1);
        assertThat(outcome.repliesByVersion().keySet()).isSubsetOf("1.0.0", "1.1.0");
      }
      try (Stream<Path> kept = Files.list(server.data().resolve("plugins"))) {
        assertThat(kept).noneMatch(path -> path.getFileName().toString().startsWith("draft-"));
      }
      assertThat(server.deployer().deploy(next).status()).isEqualTo(200);
    }
  }

  /** What becomes of the call is not the question: its server is killed. */
  private static CompletableFuture<Void> deploy(Deployer deployer, Path jar) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            deployer.deploy(jar);
          } catch (IOException e) {
            // The server went away, as it should.
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private static void waitOrEnd(CompletableFuture<Void> deploying, int millis) throws Exception {
    CompletableFuture<Void> over =
        new CompletableFuture<Void>().completeOnTimeout(null, millis, TimeUnit.MILLISECONDS);
    CompletableFuture.anyOf(deploying, over).get();
  }
}
