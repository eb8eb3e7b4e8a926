package io.drawbridge.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Swaps under load and what they leave, for plugins that behave and for those that don't. */
class SwapsTest {

  @RegisterExtension static final TestBridge bridge = TestBridge.with();

  @Test
  void aPluginThatBehavesLosesNothingAndLeavesNothing() {
    bridge.deploy(Samples.greet());

    LoadReport report =
        bridge.swapUnderLoad(
            Load.of("greet.hello", new JsonObject(), "greet:use").perSecond(500),
            Samples.greet().version("1.0.1"),
            Samples.greet().version("1.0.2"),
            Samples.greet().version("1.0.3"));

    report.assertEveryRequestWasAnsweredOnce();
    assertThat(report.sent()).isGreaterThan(1_000);
    bridge.undeploy("greet");
    bridge.assertNothingStays();
  }

  @Test
  void oneThatLosesRequestsIsFoundOut() {
    bridge.deploy(Samples.careless());

    LoadReport report =
        bridge.swapUnderLoad(
            Load.of("careless.ask", new JsonObject(), "any"), Samples.careless().nextVersion());

    assertThatThrownBy(report::assertEveryRequestWasAnsweredOnce)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("not every request was answered once");
    bridge.undeploy("careless");
  }
}
