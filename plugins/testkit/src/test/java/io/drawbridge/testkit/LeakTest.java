package io.drawbridge.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A plugin that starts a thread and never ends it. */
class LeakTest {

  @RegisterExtension
  static final TestBridge bridge =
      TestBridge.with(Samples.greet()).configuring("greet", new JsonObject().put("leak", true));

  @Test
  void aVersionThatStaysIsFoundAndWhatHoldsItIsNamed() {
    bridge.undeploy("greet");

    assertThatThrownBy(bridge::assertNothingStays)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("1 versions of plugins are in memory, and 0 run")
        .hasMessageContaining("greet-stays");
  }
}
