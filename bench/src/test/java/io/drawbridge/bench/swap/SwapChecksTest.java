package io.drawbridge.bench.swap;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A load that can't find anything proves nothing: what it notices, against a server by hand. */
class SwapChecksTest {

  private static final SwapLoad.Rates RATES = new SwapLoad.Rates(500, 200, 200);
  private static final Duration SETTLE = Duration.ofMillis(500);

  private final FaultyServer server = new FaultyServer();

  @AfterEach
  void end() throws Exception {
    server.close();
  }

  @Test
  void findsNothingWhereNothingIsAmiss() throws Exception {
    SwapOutcome outcome = load();

    assertThat(outcome.told()).isEmpty();
    assertThat(outcome.sends()).isPositive();
    assertThat(outcome.deliveries()).isEqualTo(2 * outcome.publishes()).isPositive();
    assertThat(outcome.repliesByVersion()).isEqualTo(Map.of("1.0.0", outcome.requests()));
  }

  @Test
  void countsARequestThatNobodyAnswersAsLost() throws Exception {
    server.answer = the(3, frame -> List.of());

    SwapOutcome outcome = load();

    assertThat(outcome.lost()).isEqualTo(2);
    assertThat(outcome.told()).anySatisfy(line -> assertThat(line).endsWith("the first 3"));
  }

  @Test
  void countsASecondAnswerAsDoubled() throws Exception {
    server.answer = the(3, frame -> List.of(frame, frame));

    SwapOutcome outcome = load();

    assertThat(outcome.doubled()).isEqualTo(2);
    assertThat(outcome.lost() + outcome.failed()).isZero();
  }

  @Test
  void countsAFailureAsFailed() throws Exception {
    server.answer = the(3, frame -> List.of(frame.replace("\"rec\"", "\"err\"")));

    assertThat(load().failed()).isEqualTo(2);
  }

  @Test
  void countsADeliveryThatDoesNotComeAsLostForEachListener() throws Exception {
    server.deliver = the(3, frame -> List.of());

    assertThat(load().lost()).isEqualTo(4);
  }

  @Test
  void countsADeliveryThatComesAgainAsDoubledForEachListener() throws Exception {
    server.deliver = the(3, frame -> List.of(frame, frame));

    assertThat(load().doubled()).isEqualTo(4);
  }

  @Test
  void countsASendThatNoHandlerGotAsLost() throws Exception {
    server.handlesSends = false;

    SwapOutcome outcome = load();

    assertThat(outcome.lost()).isEqualTo(outcome.sends()).isPositive();
  }

  @Test
  void tellsOfCallsOutOfOrderAcrossVersions() {
    // The tally is the whole JVM's, and a load's lines begin with a number in base 36: not with
    // these.
    SwapTally tally = SwapTally.of("ask");
    tally.call("by hand a", 0, "1.0.0");
    tally.call("by hand a", 2, "1.1.0");
    tally.call("by hand a", 1, "1.0.0");
    tally.call("by hand b", 0, "1.0.0");

    JsonObject report = SwapTally.report("by hand a");

    assertThat(report.getJsonObject("next").getMap()).isEqualTo(Map.of("by hand a ask", 3L));
    assertThat(report.getJsonArray("odd").getList())
        .isEqualTo(
            List.of(
                "by hand a ask: 1 was due, but 1.1.0 was called with 2",
                "by hand a ask: 3 was due, but 1.0.0 was called with 1"));
  }

  /** Two senders, each of which gets to number 3 and further. */
  private SwapOutcome load() throws Exception {
    try (SwapLoad load = SwapLoad.start(server.open(), 2, 2, RATES, SETTLE)) {
      load.awaitReplies(20);
      return load.finish();
    }
  }

  /** Spoils the frames of one number. */
  private static Function<String, List<String>> the(
      long number, Function<String, List<String>> spoiled) {
    return frame ->
        SwapFrames.number(frame) == number && !SwapFrames.sender(frame).equals("hello")
            ? spoiled.apply(frame)
            : List.of(frame);
  }
}
