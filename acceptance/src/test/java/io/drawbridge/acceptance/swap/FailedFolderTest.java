package io.drawbridge.acceptance.swap;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.bench.swap.Deployer;
import io.drawbridge.bench.swap.SwapLoad;
import io.drawbridge.bench.swap.SwapLoad.Rates;
import io.drawbridge.bench.swap.SwapOutcome;
import io.drawbridge.bench.swap.SwapPlugin;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The next version is no good, and comes by the plugins folder: the one that runs misses no
 * message, and the listing says what to do.
 */
class FailedFolderTest {

  private static final Rates RATES = new Rates(200, 80, 40);
  private static final int SOME = 40;

  @TempDir static Path folder;

  private static SwapServer server;
  private static Deployer deployer;

  @BeforeAll
  static void start() throws Exception {
    server = SwapServer.start(folder, "\"startSeconds\": 2");
    deployer = server.deployer();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void theGoodOneRuns() throws Exception {
    putInPlace(SwapPlugin.of("1.0.0").writeTo(folder.resolve("good.jar")));
    Listing.awaitAny(deployer, plugin -> Listing.runs(plugin, "1.0.0"));
  }

  @ParameterizedTest
  @EnumSource
  void theVersionThatRunsGoesOnAndTheListingNamesTheRemedy(BadPlugin bad) throws Exception {
    try (SwapLoad load = server.load(RATES)) {
      load.awaitReplies(SOME);
      putInPlace(bad.writeTo(folder.resolve("bad.jar")));
      Listing.awaitAny(
          deployer,
          plugin -> Listing.says(plugin, bad.problem) && Listing.says(plugin, bad.remedy));
      load.awaitReplies(SOME);

      SwapOutcome outcome = load.finish();

      assertThat(outcome.told()).isEmpty();
      assertThat(outcome.repliesByVersion()).containsOnlyKeys("1.0.0");
    }
    assertThat(deployer.plugins()).anyMatch(plugin -> Listing.runs(plugin, "1.0.0"));
  }

  @Test
  void aJarThatIsWrittenPieceByPieceIsTakenOnceItIsWhole() throws Exception {
    Path next = SwapPlugin.of("1.1.0").writeTo(folder.resolve("next.jar"));
    byte[] bytes = Files.readAllBytes(next);
    try (SwapLoad load = server.load(RATES)) {
      load.awaitReplies(SOME);
      for (int part = 1; part <= 8; part++) {
        Files.write(inFolder(), Arrays.copyOf(bytes, bytes.length * part / 8));
        load.awaitReplies(SOME);
      }
      Listing.awaitAny(deployer, plugin -> Listing.runs(plugin, "1.1.0"));
      load.awaitReplies(SOME);

      SwapOutcome outcome = load.finish();

      assertThat(outcome.told()).isEmpty();
      assertThat(outcome.repliesByVersion()).containsOnlyKeys("1.0.0", "1.1.0");
    }
  }

  @Test
  void aCopyThatIsGivenUpHalfWayChangesNothing() throws Exception {
    byte[] bytes = Files.readAllBytes(SwapPlugin.of("1.1.0").writeTo(folder.resolve("next.jar")));
    try (SwapLoad load = server.load(RATES)) {
      load.awaitReplies(SOME);
      Files.write(inFolder(), Arrays.copyOf(bytes, bytes.length / 2));
      load.awaitReplies(SOME);
      Files.delete(inFolder());
      load.awaitReplies(SOME);
      putInPlace(folder.resolve("good.jar"));
      load.awaitReplies(SOME);

      SwapOutcome outcome = load.finish();

      assertThat(outcome.told()).isEmpty();
      assertThat(outcome.repliesByVersion()).containsOnlyKeys("1.0.0");
    }
  }

  @Test
  void aJarThatIsTakenAwayWhileItStartsLeavesTheField() throws Exception {
    Path late = SwapPlugin.of("1.1.0").starting("late").writeTo(folder.resolve("late.jar"));
    try (SwapLoad load = server.load(RATES)) {
      load.awaitReplies(SOME);
      putInPlace(late);
      load.awaitReplies(SOME);
      Files.delete(inFolder());
      putInPlace(folder.resolve("good.jar"));
      load.awaitReplies(SOME);
      Listing.awaitAny(deployer, plugin -> Listing.runs(plugin, "1.0.0"));
      load.awaitReplies(SOME);

      SwapOutcome outcome = load.finish();

      assertThat(outcome.told()).isEmpty();
      assertThat(outcome.repliesByVersion()).containsKey("1.0.0");
    }
  }

  private static Path inFolder() {
    return server.plugins().resolve("swap.jar");
  }

  /** As a careful script does: under another name first, then all at once. */
  private static void putInPlace(Path jar) throws Exception {
    Path draft = Files.copy(jar, server.plugins().resolve("swap.jar.part"));
    Files.move(draft, inFolder(), StandardCopyOption.ATOMIC_MOVE);
  }
}
