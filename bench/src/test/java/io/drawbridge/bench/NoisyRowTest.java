package io.drawbridge.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbridge.bench.noise.Noise;
import io.drawbridge.bench.swap.SwapOutcome;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A figure is shown only where the quiet plugin answered all its callers. */
class NoisyRowTest {

  @Test
  void takesARunInWhichNothingWasAmiss() {
    assertThatCode(() -> NoisyRow.check(Noise.BLOCKS, outcome(List.of())))
        .doesNotThrowAnyException();
  }

  @Test
  void refusesARunThatHurtTheQuietOne() {
    assertThatThrownBy(() -> NoisyRow.check(Noise.SITS, outcome(List.of("lost: one"))))
        .isInstanceOf(BenchException.class)
        .hasMessageContaining("beside one that sits");
  }

  @Test
  void theRatioIsThatOfTheTimeAfterToTheTimeBefore() {
    var figures = new NoisyRow.Figures("blocks", 2, 900, 3, 6.1, 0.1);

    assertThat(figures.ratio()).isEqualTo(1.5);
  }

  private static SwapOutcome outcome(List<String> told) {
    return new SwapOutcome(9, 0, 0, 0, 0, told.size(), 0, 0, Map.of(), told);
  }
}
