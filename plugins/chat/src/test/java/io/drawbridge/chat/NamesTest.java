package io.drawbridge.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NamesTest {

  @Test
  void riseThoughTheClockStandsStillOrIsPutBack() {
    var names = new Names();

    var made = Stream.of(1_000L, 1_000L, 999L, 5L, 2_000L).map(names::next).toList();

    assertThat(made).isSorted().doesNotHaveDuplicates().allMatch(name -> name.length() == 26);
  }

  @Test
  void riseWithTheClockOverARestart() {
    assertThat(new Names().next(2_000)).isGreaterThan(new Names().next(1_000));
  }
}
