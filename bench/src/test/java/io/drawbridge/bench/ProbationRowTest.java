package io.drawbridge.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbridge.bench.swap.SwapOutcome;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A figure is shown only where nothing but what was meant to fail went wrong. */
class ProbationRowTest {

  @Test
  void countsWhatFailed() {
    assertThat(ProbationRow.failed(outcome(7, 0, 0))).isEqualTo(7);
  }

  @Test
  void refusesARunInWhichNothingFailed() {
    assertThatThrownBy(() -> ProbationRow.failed(outcome(0, 0, 0)))
        .isInstanceOf(BenchException.class);
  }

  @Test
  void refusesARunThatLostOrDoubledAnything() {
    assertThatThrownBy(() -> ProbationRow.failed(outcome(7, 1, 0)))
        .isInstanceOf(BenchException.class);
    assertThatThrownBy(() -> ProbationRow.failed(outcome(7, 0, 1)))
        .isInstanceOf(BenchException.class);
  }

  private static SwapOutcome outcome(long failed, long lost, long doubled) {
    return new SwapOutcome(9, 0, 0, 0, failed, lost, doubled, 0, Map.of(), List.of());
  }
}
