package io.drawbridge.pluginhost;

import static io.drawbridge.pluginhost.PluginHostFixture.await;
import static io.drawbridge.pluginhost.PluginHostFixture.until;
import static io.drawbridge.pluginhost.PluginJar.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.vertx.core.Future;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A plugin that holds an event loop is named, and shut off when it goes on with it. */
class QuarantineTest {

  @TempDir Path folder;
  private PluginHostFixture house;

  @BeforeEach
  void furnish() throws IOException {
    house = new PluginHostFixture(folder);
    house.requestSeconds = 5;
    house.watchLoops();
    house.start();
  }

  @AfterEach
  void clear() {
    System.clearProperty("noisy.ticks");
    house.close();
  }

  private static PluginJar plugin(String id, String threading, String handler) {
    return PluginJar.plugin(
            id,
            request(id + ".ask"),
            """
            private static void hold(long millis) {
              long end = System.nanoTime() + millis * 1_000_000;
              while (System.nanoTime() < end) { Thread.onSpinWait(); }
            }
            @Override protected Future<?> open(PluginContext context) {
              context.handle("%s.ask", (body, caller) -> { %s });
              return Future.succeededFuture();
            }
            """
                .formatted(id, handler))
        .descriptor(
            PluginJar.descriptor(id, request(id + ".ask"), "\"threading\": \"" + threading + '"'));
  }

  @Test
  void aHandlerThatBlocksAgainAndAgainIsShutOffUntilSomebodyLiftsThat() {
    house.deploy(plugin("noisy", "event-loop", "hold(body.getLong(\"ms\", 0L)); return reply(1);"));
    for (int n = 0; n < 3; n++) {
      await(house.askAs("s-1", "noisy.ask", new JsonObject().put("ms", 160)).otherwiseEmpty());
    }

    until(() -> house.status("noisy").state() == PluginState.QUARANTINED);

    assertThat(house.status("noisy").error())
        .startsWith("its handler of noisy.ask held an event loop")
        .contains("noisy.TestVerticle", "./run plugins lift noisy", "can't be ended");
    assertThat(house.refusal("noisy.ask", new JsonObject()))
        .returns(4113, ReplyException::failureCode)
        .hasMessageContaining("noisy.ask is in quarantine: it serves again when its operators");
    assertThat(house.deployments).anyMatch(change -> change.action().equals("quarantine"));
    await(house.host().lift("noisy", "tester"));
    assertThat(house.ask("noisy.ask", new JsonObject()).getInteger("value")).isEqualTo(1);
  }

  @Test
  void aHandlerThatDoesNotReturnIsShutOffAndOthersAreServed() {
    house.deploy(plugin("noisy", "event-loop", "hold(1500); return reply(1);"));
    house.deploy(plugin("quiet", "worker", "return reply(2);"));
    var stuck = house.askAs("s-1", "noisy.ask", new JsonObject());

    until(() -> house.status("noisy").state() == PluginState.QUARANTINED);

    assertThat(PluginHostFixture.failure(stuck)).returns(4113, ReplyException::failureCode);
    assertThat(house.ask("quiet.ask", new JsonObject()).getInteger("value")).isEqualTo(2);
  }

  @Test
  void anotherVersionEndsTheQuarantine() {
    house.deploy(plugin("noisy", "event-loop", "hold(1000); return reply(1);"));
    var stuck = house.askAs("s-1", "noisy.ask", new JsonObject());
    until(() -> house.status("noisy").state() == PluginState.QUARANTINED);

    house.deploy(plugin("noisy", "worker", "return reply(2);"));

    await(stuck.otherwiseEmpty());
    assertThat(house.ask("noisy.ask", new JsonObject()).getInteger("value")).isEqualTo(2);
    assertThat(house.status("noisy").state()).isEqualTo(PluginState.RUNNING);
  }

  @Test
  void whatAnOlderVersionDidCountsForItAlone() {
    String handler = "hold(body.getLong(\"ms\", 0L)); return reply(%d);";
    house.deploy(plugin("noisy", "event-loop", handler.formatted(1)));
    hold(2);
    house.deploy(plugin("noisy", "event-loop", handler.formatted(2)));

    hold(2);

    assertThat(house.ask("noisy.ask", new JsonObject()).getInteger("value")).isEqualTo(2);
    assertThat(house.status("noisy").state()).isEqualTo(PluginState.RUNNING);
  }

  @Test
  void whatWasLiftedBeginsAnew() {
    house.deploy(plugin("noisy", "event-loop", "hold(body.getLong(\"ms\", 0L)); return reply(1);"));
    hold(3);
    until(() -> house.status("noisy").state() == PluginState.QUARANTINED);
    await(house.host().lift("noisy", "tester"));

    hold(2);
    assertThat(house.status("noisy").state()).isEqualTo(PluginState.RUNNING);
    hold(1);

    until(() -> house.status("noisy").state() == PluginState.QUARANTINED);
  }

  private void hold(int times) {
    for (int n = 0; n < times; n++) {
      await(house.askAs("s-1", "noisy.ask", new JsonObject().put("ms", 160)).otherwiseEmpty());
    }
  }

  @Test
  void whoNeverReturnsIsNamedOnceInAWhile() {
    try (var log = new LogLines(LoopWatch.class)) {
      house.deploy(plugin("noisy", "event-loop", "hold(1500); return reply(1);"));

      house.askAs("s-1", "noisy.ask", new JsonObject());
      until(() -> house.status("noisy").state() == PluginState.QUARANTINED);
      await(house.vertx.timer(600));

      assertThat(log.lines())
          .singleElement(STRING)
          .contains("plugin=noisy", "what=its handler of noisy.ask", "noisy.TestVerticle.hold");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a timer    | context.every(Duration.ofMillis(20), () -> hold(160));",
        "a callback | vertx.setPeriodic(20, id -> hold(160));",
        "a callback | vertx.eventBus().consumer(\"own\", m -> { hold(160); vertx.eventBus().send(\"own\", 1); }); vertx.eventBus().send(\"own\", 1);"
      })
  void whateverElseHoldsAnEventLoopCountsAsWell(String what, String open) {
    house.deploy(opening("noisy", open));

    until(() -> house.status("noisy").state() == PluginState.QUARANTINED);

    assertThat(house.status("noisy").error()).startsWith(what + " held an event loop");
  }

  @Test
  void anOpenThatHoldsAnEventLoopIsNamed() {
    try (var log = new LogLines(LoopWatch.class)) {
      house.deploy(opening("noisy", "hold(160);"));

      assertThat(log.lines()).singleElement(STRING).contains("what=open", "TestVerticle.open");
    }
  }

  @Test
  void timersRestWhileTheirPluginIsInQuarantine() {
    house.deploy(opening("noisy", "context.every(Duration.ofMillis(5), this::tick);"));
    until(() -> ticks() > 2);
    assertThat(house.status("noisy").state()).isEqualTo(PluginState.RUNNING);
    await(house.askAs("s-1", "noisy.ask", new JsonObject().put("ms", 400)).otherwiseEmpty());
    until(() -> house.status("noisy").state() == PluginState.QUARANTINED);
    await(house.vertx.timer(50));
    int then = ticks();
    await(house.vertx.timer(50));

    assertThat(ticks()).isEqualTo(then);
    await(house.host().lift("noisy", "tester"));
    until(() -> ticks() > then);
  }

  private int ticks() {
    return Integer.getInteger("noisy.ticks", 0);
  }

  private static PluginJar opening(String id, String open) {
    return PluginJar.plugin(
        id,
        request(id + ".ask"),
        """
        private static void hold(long millis) {
          long end = System.nanoTime() + millis * 1_000_000;
          while (System.nanoTime() < end) { Thread.onSpinWait(); }
        }
        private void tick() {
          System.setProperty("noisy.ticks", String.valueOf(1 + Integer.getInteger("noisy.ticks", 0)));
        }
        @Override protected Future<?> open(PluginContext context) {
          Vertx vertx = context.vertx();
          context.handle("%s.ask", (body, caller) -> { hold(body.getLong("ms", 0L)); return reply(1); });
          %s
          return Future.succeededFuture();
        }
        """
            .formatted(id, open));
  }

  @Test
  void aQuarantineWaitsForNoChangeThatIsUnderWay() {
    house.deploy(plugin("noisy", "event-loop", "hold(body.getLong(\"ms\", 0L)); return reply(1);"));
    var next =
        PluginJar.plugin(
            "noisy",
            request("noisy.ask"),
            """
            @Override protected Future<?> open(PluginContext context) {
              context.handle("noisy.ask", (body, caller) -> reply(2));
              Promise<Void> opened = Promise.promise();
              context.vertx().eventBus().consumer("open.now", m -> opened.tryComplete());
              return opened.future();
            }
            """);
    Future<PluginStatus> deployed = house.deploy(next, DeployOptions.plain("tester"));

    hold(3);
    until(() -> house.status("noisy").state() == PluginState.QUARANTINED);

    assertThat(house.refusal("noisy.ask", new JsonObject()))
        .returns(4113, ReplyException::failureCode);
    assertThat(deployed.isComplete()).isFalse();
    until(
        () -> {
          house.vertx.eventBus().publish("open.now", "");
          return deployed.isComplete();
        });
    assertThat(house.ask("noisy.ask", new JsonObject()).getInteger("value")).isEqualTo(2);
    assertThat(house.status("noisy").state()).isEqualTo(PluginState.RUNNING);
  }

  @Test
  void workersMayBlock() {
    house.deploy(plugin("busy", "worker", "hold(400); return reply(1);"));
    for (int n = 0; n < 3; n++) {
      await(house.askAs("s-1", "busy.ask", new JsonObject()));
    }

    assertThat(house.status("busy").state()).isEqualTo(PluginState.RUNNING);
  }
}
