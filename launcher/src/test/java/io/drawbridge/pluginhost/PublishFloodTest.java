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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A plugin that publishes more than it may. */
class PublishFloodTest {

  @TempDir Path folder;
  private PluginHostFixture house;

  @BeforeEach
  void furnish() throws IOException {
    house = new PluginHostFixture(folder);
    house.config.put(
        "containment",
        new JsonObject().put("publishesPerSecond", 50).put("strikes", 2).put("strikeSeconds", 60));
    house.start();
  }

  @AfterEach
  void clear() {
    house.close();
  }

  private void deploy(String threading) {
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
                """)
            .descriptor(
                PluginJar.descriptor("flood", addresses, "\"threading\": \"" + threading + '"')));
  }

  private void flood() {
    await(house.askAs("s-1", "flood.ask", new JsonObject()).otherwiseEmpty());
  }

  @Test
  void whatIsBeyondTheBudgetIsRefused() {
    deploy("event-loop");

    long let = house.ask("flood.ask", new JsonObject()).getLong("value");

    assertThat(let).isBetween(100L, 150L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"event-loop", "worker"})
  void whoGoesOnIsShutOff(String threading) {
    deploy(threading);

    until(
        () -> {
          flood();
          return house.status("flood").state() == PluginState.QUARANTINED;
        });

    assertThat(house.status("flood").error())
        .startsWith("it went on publishing at more than twice its budget of 50 messages a second")
        .contains("plugins.containment.publishesPerSecond", "./run plugins lift flood");
    assertThat(house.refusal("flood.ask", new JsonObject()))
        .returns(4113, ReplyException::failureCode);
  }

  @Test
  void onceIsNotToGoOn() {
    deploy("event-loop");
    flood();

    await(house.vertx.timer(2_500));

    assertThat(house.status("flood").state()).isEqualTo(PluginState.RUNNING);
  }
}
