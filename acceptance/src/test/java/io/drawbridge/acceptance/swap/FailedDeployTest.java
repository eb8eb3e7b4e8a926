package io.drawbridge.acceptance.swap;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.bench.swap.Deployer;
import io.drawbridge.bench.swap.SwapLoad;
import io.drawbridge.bench.swap.SwapLoad.Rates;
import io.drawbridge.bench.swap.SwapOutcome;
import io.drawbridge.bench.swap.SwapPlugin;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The next version is no good, and comes by the admin API: the one that runs misses no message, and
 * ops are told what to do.
 */
class FailedDeployTest {

  private static final Rates RATES = new Rates(200, 80, 40);
  private static final int SOME = 40;

  @TempDir static Path folder;

  private static SwapServer server;
  private static Deployer deployer;

  @BeforeAll
  static void start() throws Exception {
    server = SwapServer.start(folder, "\"startSeconds\": 2");
    deployer = server.deployer();
    Path good = SwapPlugin.of("1.0.0").writeTo(folder.resolve("good.jar"));
    assertThat(deployer.deploy(good).status()).isEqualTo(200);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @EnumSource
  void theVersionThatRunsGoesOnAndTheAnswerNamesTheRemedy(BadPlugin bad) throws Exception {
    Path jar = bad.writeTo(folder.resolve("bad.jar"));
    SwapOutcome outcome;
    Deployer.Answer answer;
    try (SwapLoad load = server.load(RATES)) {
      load.awaitReplies(SOME);
      answer = deployer.deploy(jar);
      load.awaitReplies(SOME);
      outcome = load.finish();
    }

    assertThat(answer.status()).isBetween(400, 499);
    assertThat(new JsonObject(answer.body()).getString("error"))
        .contains(bad.problem, bad.remedy)
        .hasLineCount(1);
    assertThat(outcome.told()).isEmpty();
    assertThat(outcome.repliesByVersion()).containsOnlyKeys("1.0.0");
  }

  @Test
  void whatWasRefusedForItsSchemaIsTakenByForce() throws Exception {
    Path jar = BadPlugin.A_SCHEMA_THAT_BREAKS_CLIENTS.writeTo(folder.resolve("forced.jar"));
    Path good = folder.resolve("good.jar");
    try (SwapLoad load = server.load(RATES)) {
      load.awaitReplies(SOME);
      assertThat(deployer.force(jar).status()).isEqualTo(200);
      load.awaitReplies(SOME);
      assertThat(deployer.force(good).status()).isEqualTo(200);
      load.awaitReplies(SOME);

      SwapOutcome outcome = load.finish();

      assertThat(outcome.told()).isEmpty();
      assertThat(outcome.repliesByVersion()).containsOnlyKeys("1.0.0", "1.1.0");
    }
  }

  @Test
  void aJarThatGoesAwayHalfCopiedChangesNothing() throws Exception {
    byte[] whole = Files.readAllBytes(SwapPlugin.of("1.1.0").writeTo(folder.resolve("next.jar")));
    Path inFolder = server.plugins().resolve("next.jar");
    try (SwapLoad load = server.load(RATES)) {
      load.awaitReplies(SOME);
      Files.write(inFolder, Arrays.copyOf(whole, whole.length / 2));
      load.awaitReplies(SOME);
      Files.delete(inFolder);
      load.awaitReplies(SOME);
      Listing.await(
          deployer, plugins -> plugins.size() == 1 && Listing.runs(plugins.get(0), "1.0.0"));

      SwapOutcome outcome = load.finish();

      assertThat(outcome.told()).isEmpty();
      assertThat(outcome.repliesByVersion()).containsOnlyKeys("1.0.0");
    }
  }

  @Test
  void whatFailedLeavesNoClassLoaderBehind() throws Exception {
    for (BadPlugin bad : BadPlugin.values()) {
      deployer.deploy(bad.writeTo(folder.resolve("bad.jar")));
    }

    assertThat(LeftBehind.of(server).loaders()).isEqualTo(1);
    try (Stream<Path> kept = Files.list(server.data().resolve("plugins"))) {
      assertThat(kept).noneMatch(path -> path.getFileName().toString().startsWith("draft-"));
    }
  }
}
