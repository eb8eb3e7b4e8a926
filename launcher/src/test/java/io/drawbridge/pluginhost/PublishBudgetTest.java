package io.drawbridge.pluginhost;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PublishBudgetTest {

  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
  private final PublishBudget budget = new PublishBudget("chat", 10, 3, now::get);

  @Test
  void letsABurstThroughAndNoMore() {
    assertThat(taken(5)).isEqualTo(3);
  }

  @Test
  void refillsAtItsRate() {
    taken(3);

    now.addAndGet(200_000_000L);

    assertThat(taken(5)).isEqualTo(2);
  }

  @Test
  void savesNoMoreThanABurst() {
    now.addAndGet(60_000_000_000L);

    assertThat(taken(10)).isEqualTo(3);
  }

  @Test
  void namesTheSettingWhenItRefuses() {
    assertThat(budget.refusal().cause())
        .hasMessageContaining("plugin chat")
        .hasMessageContaining("plugins.containment.publishesPerSecond");
  }

  private long taken(int tries) {
    return IntStream.range(0, tries).filter(i -> budget.take()).count();
  }
}
