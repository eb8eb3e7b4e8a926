package io.drawbridge.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestWordTest {

  @ParameterizedTest(name = "{0}, {1}: {2}")
  @CsvSource({
    "port, port, 0",
    "Port, port, 0",
    "prot, port, 1",
    "por, port, 1",
    "portt, port, 1",
    "post, port, 1",
    "trustedProxy, trustedProxies, 3",
    "'', port, 4"
  })
  void countsSlips(String written, String meant, int slips) {
    assertThat(NearestWord.slips(written, meant)).isEqualTo(slips);
  }

  @Test
  void prefersTheNearest() {
    assertThat(NearestWord.to("frameByte", List.of("queueBytes", "frameBytes", "streamBytes")))
        .contains("frameBytes");
  }

  @Test
  void staysSilentWhenNothingIsNear() {
    assertThat(NearestWord.to("colour", List.of("host", "port", "tls"))).isEmpty();
  }
}
