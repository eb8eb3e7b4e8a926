package io.drawbridge.pluginhost;

import static io.drawbridge.pluginhost.PluginHostFixture.await;
import static io.drawbridge.pluginhost.PluginHostFixture.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.pluginhost.contract.PluginException;
import io.vertx.core.Future;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a change comes to that is asked of a plugin in quarantine. */
class QuarantinedChangesTest {

  private static final String WHY = "its handler of noisy.ask held an event loop";
  private static final DeployOptions CANARY = new DeployOptions(50, false, "tester");

  @TempDir Path folder;
  private PluginHostFixture house;

  @BeforeEach
  void furnish() throws IOException {
    house = new PluginHostFixture(folder);
    NoisyPlugin.watch(house);
    house.start();
  }

  @AfterEach
  void clear() {
    System.clearProperty("noisy.ticks");
    house.close();
  }

  private void assertStillInQuarantine() {
    assertThat(house.status("noisy"))
        .returns(PluginState.QUARANTINED, PluginStatus::state)
        .returns("1.0.0", PluginStatus::version)
        .extracting(PluginStatus::error, InstanceOfAssertFactories.STRING)
        .startsWith(WHY)
        .contains("./run plugins lift noisy");
    assertThat(house.refusal("noisy.ask", new JsonObject()))
        .returns(4113, ReplyException::failureCode);
  }

  private void assertServesWhenLifted() {
    assertThat(await(house.host().lift("noisy", "tester")))
        .returns(PluginState.RUNNING, PluginStatus::state)
        .returns(null, PluginStatus::error);
    assertThat(house.ask("noisy.ask", new JsonObject()).getString("value")).isEqualTo("1.0.0");
  }

  @Test
  void aVersionThatDoesNotStartLeavesTheQuarantineAsItIsAndBothReasonsAreTold() {
    house.deploy(NoisyPlugin.version("1.0.0"));
    NoisyPlugin.quarantine(house);

    assertThat(house.refusal(NoisyPlugin.broken("2.0.0"))).contains("open failed", "no luck");

    assertStillInQuarantine();
    assertThat(house.status("noisy").error()).contains("2.0.0: ", "no luck");
    assertServesWhenLifted();
  }

  @Test
  void ofVersionsThatDoNotStartTheLastOneIsTold() {
    house.deploy(NoisyPlugin.version("1.0.0"));
    NoisyPlugin.quarantine(house);

    house.refusal(NoisyPlugin.broken("2.0.0"));
    house.refusal(NoisyPlugin.broken("3.0.0"));

    assertStillInQuarantine();
    assertThat(house.status("noisy").error()).contains("3.0.0: ").doesNotContain("2.0.0");
  }

  @Test
  void aVersionThatWouldBreakClientsLeavesItAsItIs() {
    house.deploy(NoisyPlugin.version("1.0.0"));
    NoisyPlugin.quarantine(house);
    PluginJar another =
        NoisyPlugin.version("2.0.0")
            .descriptor(PluginJar.descriptor("noisy", PluginJar.request("noisy.other"), ""));

    assertThat(house.refusal(another)).contains("would break clients of 1.0.0");

    assertStillInQuarantine();
  }

  @Test
  void aVersionThatWasStartingWhenItBeganAndFailsLeavesItAsItIs() {
    house.deploy(NoisyPlugin.version("1.0.0"));
    PluginJar next =
        NoisyPlugin.version(
            "2.0.0",
            """
            Promise<Void> opened = Promise.promise();
            vertx.eventBus().consumer("open.now", message -> opened.tryFail("no luck"));
            if (true) return opened.future();""");
    Future<PluginStatus> deployed = house.deploy(next, DeployOptions.plain("tester"));
    NoisyPlugin.quarantine(house);

    openNow(deployed);

    assertThat(deployed.failed()).isTrue();
    assertStillInQuarantine();
    assertServesWhenLifted();
  }

  private void openNow(Future<?> deployed) {
    until(
        () -> {
          house.vertx.eventBus().publish("open.now", "");
          return deployed.isComplete();
        });
  }

  @Test
  void aCanaryThatIsTakenBackLeavesTheStableVersionInQuarantine() {
    house.deploy(NoisyPlugin.version("1.0.0"));
    await(house.deploy(NoisyPlugin.version("2.0.0"), new DeployOptions(1, false, "tester")));
    NoisyPlugin.quarantine(house);

    await(house.host().abort("noisy", "tester"));

    assertStillInQuarantine();
    assertServesWhenLifted();
  }

  @Test
  void aCanaryThatIsPromotedEndsIt() {
    house.deploy(NoisyPlugin.version("1.0.0"));
    await(house.deploy(NoisyPlugin.version("2.0.0"), new DeployOptions(1, false, "tester")));
    NoisyPlugin.quarantine(house);

    assertThat(await(house.host().promote("noisy", "tester")))
        .returns(PluginState.RUNNING, PluginStatus::state)
        .returns(null, PluginStatus::error);

    assertThat(house.ask("noisy.ask", new JsonObject()).getString("value")).isEqualTo("2.0.0");
  }

  @Test
  void aCanaryIsRefusedForTheMomentAndToldWhatToDo() {
    house.deploy(NoisyPlugin.version("1.0.0"));
    NoisyPlugin.quarantine(house);

    Future<PluginStatus> deployed = house.deploy(NoisyPlugin.version("2.0.0"), CANARY);
    await(deployed.otherwiseEmpty());

    assertThat(deployed.cause())
        .isInstanceOf(PluginException.class)
        .hasMessage("plugin noisy: is in quarantine. Lift that first, or deploy for everybody")
        .returns(true, refusal -> ((PluginException) refusal).isPassing());
    assertStillInQuarantine();
    await(house.host().lift("noisy", "tester"));
    await(house.deploy(NoisyPlugin.version("2.0.0"), CANARY));
    assertThat(house.status("noisy").canary()).isEqualTo(new PluginStatus.Canary("2.0.0", 50));
  }

  @Test
  void timersOfVertxDoNotRest() {
    house.deploy(
        NoisyPlugin.version(
            "1.0.0",
            """
            vertx.setPeriodic(5, id ->
                System.setProperty("noisy.ticks", "" + (1 + Integer.getInteger("noisy.ticks", 0))));"""));
    NoisyPlugin.quarantine(house);

    int then = Integer.getInteger("noisy.ticks", 0);

    until(() -> Integer.getInteger("noisy.ticks", 0) > then);
    assertThat(house.status("noisy").state()).isEqualTo(PluginState.QUARANTINED);
  }
}
