package io.drawbridge.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Plugins that leave behind what docs/plugins.md forbids. */
class LeakTest {

  @RegisterExtension static final TestBridge bridge = TestBridge.with();

  @Test
  void everyVersionThatStaysIsFoundAndTheThreadThatHoldsOneIsNamed() {
    var left =
        List.of("codec", "outbound interceptor", "inbound interceptor", "failed child", "thread");
    for (String each : left) {
      bridge.deploy(Samples.leaving(each));
    }
    bridge.undeploy("staying");

    assertThatThrownBy(bridge::assertNothingStays)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("5 versions of plugins are in memory, and 0 run")
        .hasMessageContaining("staying-thread");
  }
}
