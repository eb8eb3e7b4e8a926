package io.drawbridge.pluginhost;

import static io.drawbridge.pluginhost.PluginHostFixture.await;
import static io.drawbridge.pluginhost.PluginHostFixture.until;
import static io.drawbridge.pluginhost.PluginJar.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plugin that holds an event loop is named, and shut off when it goes on with it. */
class QuarantineTest {

  @TempDir Path folder;
  private PluginHostFixture house;

  @BeforeEach
  void furnish() throws IOException {
    house = new PluginHostFixture(folder);
    house.requestSeconds = 5;
    house.config.put(
        "containment",
        new JsonObject().put("blockedMillis", 100).put("strikes", 3).put("strikeSeconds", 60));
    house.start();
  }

  @AfterEach
  void clear() {
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

    assertThat(house.status("noisy").error()).contains("held an event loop", "noisy.TestVerticle");
    assertThat(house.refusal("noisy.ask", new JsonObject()))
        .returns(4113, ReplyException::failureCode);
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
  void workersMayBlock() {
    house.deploy(plugin("busy", "worker", "hold(400); return reply(1);"));
    for (int n = 0; n < 3; n++) {
      await(house.askAs("s-1", "busy.ask", new JsonObject()));
    }

    assertThat(house.status("busy").state()).isEqualTo(PluginState.RUNNING);
  }

  @Test
  void aFloodOfPublishesIsRefusedBeyondItsBudget() throws IOException {
    house.close();
    house = new PluginHostFixture(java.nio.file.Files.createDirectory(folder.resolve("flood")));
    house.config.put("containment", new JsonObject().put("publishesPerSecond", 50));
    house.start();
    String addresses =
        request("flood.ask")
            + ", {\"address\": \"flood.all\", \"kind\": \"broadcast\", \"summary\": \"A test's\"}";
    house.deploy(
        PluginJar.plugin(
            "flood",
            addresses,
            """
            @Override protected Future<?> open(PluginContext context) {
              context.handle("flood.ask", (body, caller) -> {
                List<Future<?>> published = new ArrayList<>();
                for (int i = 0; i < 300; i++) { published.add(context.publish("flood.all", body)); }
                return Future.join(published).transform(any ->
                    reply(published.stream().filter(Future::succeeded).count()));
              });
              return Future.succeededFuture();
            }
            """));

    long let = house.ask("flood.ask", new JsonObject()).getLong("value");

    assertThat(let).isBetween(100L, 150L);
  }
}
