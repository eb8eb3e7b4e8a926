package io.drawbridge.acceptance.swap;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.bench.swap.Deployer;
import io.drawbridge.bench.swap.SwapKind;
import io.drawbridge.bench.swap.SwapLoad;
import io.drawbridge.bench.swap.SwapOutcome;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A plugin goes back and forth between two versions while clients use it: no message is refused,
 * lost, doubled or overtaken, and nothing of the old versions stays. How long anything takes is not
 * asked here; the benchmark does.
 */
class SwapUnderLoadTest {

  private static final double FLAT = 1.05;

  @TempDir Path folder;

  static List<SwapKind> kinds() {
    return SwapKind.all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("kinds")
  void noMessageNoticesASwapAndNothingStaysBehind(SwapKind kind) throws Exception {
    swaps(kind.under(0.08), 6, 20);
  }

  @Tag("long")
  @ParameterizedTest(name = "{0}")
  @MethodSource("kinds")
  void noMessageNoticesAnyOfTwoHundredSwapsAndNothingStaysBehind(SwapKind kind) throws Exception {
    swaps(kind, 50, 200);
  }

  /**
   * What stays is compared with what there was after so many swaps to warm up: the JVM's own notes
   * on methods that are called often lie in the metaspace, and grow until all is compiled.
   */
  private void swaps(SwapKind kind, int toWarmUp, int swaps) throws Exception {
    Path[] jars = {
      kind.version("1.0.0").writeTo(folder.resolve("1.0.0.jar")),
      kind.version("1.1.0").writeTo(folder.resolve("1.1.0.jar"))
    };
    try (SwapServer server = SwapServer.start(folder)) {
      Deployer deployer = server.deployer();
      deploy(deployer, jars[0]);
      assertThat(underLoad(server, kind, jars, toWarmUp).told()).isEmpty();
      LeftBehind early = LeftBehind.of(server);

      SwapOutcome outcome = underLoad(server, kind, jars, swaps);

      assertThat(outcome.told()).isEmpty();
      assertThat(outcome.failed()).isZero();
      assertThat(outcome.lost()).isZero();
      assertThat(outcome.doubled()).isZero();
      assertThat(outcome.disordered()).isZero();
      assertThat(outcome.repliesByVersion()).containsOnlyKeys("1.0.0", "1.1.0");
      LeftBehind late = LeftBehind.of(server);
      assertThat(late.loaders()).isEqualTo(1);
      assertThat((double) late.metaspaceBytes()).isLessThan(FLAT * early.metaspaceBytes());
      assertThat((double) late.heapBytes()).isLessThan(FLAT * early.heapBytes());
    }
  }

  private static SwapOutcome underLoad(SwapServer server, SwapKind kind, Path[] jars, int swaps)
      throws Exception {
    Deployer deployer = server.deployer();
    // Both versions answer something between two swaps, however fast those are.
    int between = Math.max(5, kind.rates().requests() / 10);
    try (SwapLoad load = server.load(kind.rates())) {
      load.awaitReplies(between);
      for (int i = 1; i <= swaps; i++) {
        deploy(deployer, jars[i % 2]);
        load.awaitReplies(between);
      }
      return load.finish();
    }
  }

  private static void deploy(Deployer deployer, Path jar) throws Exception {
    Deployer.Answer answer = deployer.deploy(jar);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
  }
}
