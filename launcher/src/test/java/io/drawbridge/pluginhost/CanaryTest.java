package io.drawbridge.pluginhost;

import static io.drawbridge.pluginhost.PluginHostFixture.await;
import static io.drawbridge.pluginhost.PluginHostFixture.browser;
import static io.drawbridge.pluginhost.PluginHostFixture.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.from;

import io.drawbridge.pluginhost.contract.PluginException;
import io.vertx.core.Future;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A version that is tried beside the one that runs, and what is refused meanwhile. */
class CanaryTest {

  private static final DeployOptions HALF = new DeployOptions(50, false, "tester");

  @TempDir Path folder;
  private PluginHostFixture house;

  @BeforeEach
  void furnish() throws IOException {
    house = new PluginHostFixture(folder);
    NoisyPlugin.watch(house);
    house.config.put("drainSeconds", 1);
    house.start();
    house.deploy(NoisyPlugin.version("1.0.0"));
  }

  @AfterEach
  void clear() {
    house.close();
  }

  private Future<String> ask(String subject, int millis) {
    return house
        .vertx
        .eventBus()
        .<JsonObject>request(
            "noisy.ask", new JsonObject().put("ms", millis), browser(subject, "of " + subject))
        .map(reply -> reply.body().getString("value"));
  }

  private List<String> subjectsOf(String version) {
    return IntStream.range(0, 40)
        .mapToObj(n -> "subject-" + n)
        .filter(subject -> version.equals(await(ask(subject, 0))))
        .toList();
  }

  @Test
  void aCanaryThatHoldsAnEventLoopAgainAndAgainIsTakenBackAndTheStableVersionServesOn() {
    await(house.deploy(NoisyPlugin.version("2.0.0"), HALF));
    List<String> tried = subjectsOf("2.0.0");
    String other = subjectsOf("1.0.0").get(0);

    for (int n = 0; n < 10 && house.status("noisy").error() == null; n++) {
      Future<String> held = ask(tried.get(n % tried.size()), 160);
      assertThat(await(ask(other, 0))).isEqualTo("1.0.0");
      await(held.otherwiseEmpty());
    }
    until(() -> house.status("noisy").error() != null);

    assertThat(house.status("noisy"))
        .returns("1.0.0", from(PluginStatus::version))
        .returns(PluginState.RUNNING, from(PluginStatus::state))
        .returns(null, from(PluginStatus::canary));
    assertThat(house.status("noisy").error())
        .startsWith(
            "2.0.0 was taken back on probation: its handler of noisy.ask held an event loop")
        .contains("noisy.TestVerticle", "threaded as worker")
        .doesNotContain("plugins lift");
    assertThat(subjectsOf("1.0.0")).hasSize(40);
    assertThat(house.deployments)
        .anyMatch(change -> change.action().equals("abort") && change.by().equals(Deployment.HOST))
        .noneMatch(change -> change.action().equals("quarantine"));
  }

  @Test
  void whatACanaryThatDoesNotReturnHoldsIsRefusedAndItsSubjectsAreServed() {
    await(house.deploy(NoisyPlugin.version("2.0.0"), HALF));
    List<String> tried = subjectsOf("2.0.0");

    Future<String> held = ask(tried.get(0), 4_000);
    until(() -> house.status("noisy").canary() == null);

    assertThat(await(ask(tried.get(1), 0))).isEqualTo("1.0.0");
    assertThat(PluginHostFixture.failure(held)).returns(4113, ReplyException::failureCode);
    assertThat(await(ask(tried.get(0), 0))).isEqualTo("1.0.0");
  }

  @Test
  void aCanaryThatWasPromotedWhenItWasToBeTakenBackIsPutInQuarantine() {
    await(house.deploy(NoisyPlugin.version("2.0.0"), HALF));
    List<String> tried = subjectsOf("2.0.0");
    var disk = new CountDownLatch(1);
    for (int n = 0; n < VertxOptions.DEFAULT_WORKER_POOL_SIZE; n++) {
      house.vertx.executeBlocking(() -> disk.await(20, TimeUnit.SECONDS), false);
    }
    Future<PluginStatus> promoted = house.host().promote("noisy", "tester");
    try (var log = new LogLines(PluginLife.class)) {
      for (int n = 0; n < 10 && log.lines().isEmpty(); n++) {
        await(ask(tried.get(0), 160).otherwiseEmpty());
      }
      until(() -> !log.lines().isEmpty());
    }
    assertThat(promoted.isComplete()).isFalse();

    disk.countDown();

    await(promoted);
    until(() -> house.status("noisy").state() == PluginState.QUARANTINED);
    assertThat(house.status("noisy").version()).isEqualTo("2.0.0");
  }

  @Test
  void whileACanaryIsTriedOtherVersionsAreRefusedForTheMoment() {
    house.deploy(NoisyPlugin.version("1.1.0"));
    await(house.deploy(NoisyPlugin.version("2.0.0"), HALF));

    String why = "plugin noisy: is trying a canary. Promote or abort it first";
    assertRefusedForTheMoment(
        house.deploy(NoisyPlugin.version("3.0.0"), DeployOptions.plain("tester")), why);
    assertRefusedForTheMoment(house.deploy(NoisyPlugin.version("3.0.0"), HALF), why);
    assertRefusedForTheMoment(house.host().rollback("noisy", "tester"), why);

    assertThat(house.status("noisy").canary()).isEqualTo(new PluginStatus.Canary("2.0.0", 50));
    await(house.host().abort("noisy", "tester"));
    house.deploy(NoisyPlugin.version("3.0.0"));
  }

  @Test
  void tooManyChangesAtOnceAreRefusedForTheMoment() {
    Future<PluginStatus> slow =
        house.deploy(NoisyPlugin.slow("2.0.0"), DeployOptions.plain("tester"));
    List<Future<PluginStatus>> changes = new ArrayList<>();
    until(
        () -> {
          changes.add(house.host().lift("noisy", "tester"));
          return changes.get(changes.size() - 1).isComplete() && changes.size() > 16;
        });

    assertRefusedForTheMoment(
        changes.get(changes.size() - 1),
        "plugin noisy: has 16 changes waiting already. Wait for them to end");
    openNow(slow);
    assertThat(slow.succeeded()).isTrue();
  }

  @Test
  void whatIsStillStartingWhenTheServerStopsIsRefusedForTheMoment() {
    Future<PluginStatus> slow =
        house.deploy(NoisyPlugin.slow("2.0.0"), DeployOptions.plain("tester"));
    Future<PluginStatus> waits = house.host().lift("noisy", "tester");

    house.host().stop();
    openNow(slow);

    assertRefusedForTheMoment(slow, "plugin noisy: does not change any more. The server stops");
    await(waits.otherwiseEmpty());
  }

  @Test
  void aVersionThatIsAtFaultIsRefusedForGood() {
    PluginJar another =
        NoisyPlugin.version("2.0.0")
            .descriptor(PluginJar.descriptor("noisy", PluginJar.request("noisy.other"), ""));

    for (PluginJar each : List.of(another, NoisyPlugin.broken("2.0.0"))) {
      Future<PluginStatus> deployed = house.deploy(each, HALF);
      await(deployed.otherwiseEmpty());

      assertThat(deployed.cause())
          .isInstanceOfSatisfying(
              PluginException.class, refusal -> assertThat(refusal.isPassing()).isFalse());
    }
  }

  /** Which the admin API answers with 409. */
  private static void assertRefusedForTheMoment(Future<PluginStatus> change, String why) {
    await(change.otherwiseEmpty());
    assertThat(change.cause())
        .hasMessage(why)
        .isInstanceOfSatisfying(
            PluginException.class, refusal -> assertThat(refusal.isPassing()).isTrue());
  }

  private void openNow(Future<?> deployed) {
    until(
        () -> {
          house.vertx.eventBus().publish("open.now", "");
          return deployed.isComplete();
        });
  }
}
