package io.drawbridge.pluginhost;

import static io.drawbridge.pluginhost.PluginHostFixture.await;
import static io.drawbridge.pluginhost.PluginHostFixture.until;
import static io.drawbridge.pluginhost.PluginJar.plugin;
import static io.drawbridge.pluginhost.PluginJar.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How plugins end. */
class PluginStopTest {

  @TempDir Path folder;
  private PluginHostFixture house;

  @BeforeEach
  void furnish() throws IOException {
    house = new PluginHostFixture(folder);
    System.clearProperty("stop.log");
  }

  @AfterEach
  void clear() {
    house.close();
    System.clearProperty("stop.log");
  }

  private void with(String id, String handler, String close) {
    house.with(
        id + ".jar",
        plugin(
            id,
            request(id + ".ask"),
            """
            private static void log(String word) {
              synchronized (System.class) {
                System.setProperty("stop.log", System.getProperty("stop.log", "") + word + " ");
              }
            }
            @Override protected Future<?> open(PluginContext context) {
              context.handle("%1$s.ask", (body, caller) -> { log("%1$s.called"); %2$s });
              return Future.succeededFuture();
            }
            @Override protected Future<?> close() {
              log("%1$s.closed");
              %3$s
            }
            """
                .formatted(id, handler, close)));
  }

  private static String log() {
    return System.getProperty("stop.log", "");
  }

  @Test
  void letsWhatIsUnderWayEndAndWhatItNeedsServe() {
    with(
        "a",
        """
        Promise<JsonObject> later = Promise.promise();
        context.after(Duration.ofMillis(200), () ->
            context.request("b.ask", new JsonObject()).onComplete(later));
        return later.future();""",
        "return Future.succeededFuture();");
    with("b", "return reply(\"helped\");", "return Future.succeededFuture();");
    house.start();
    Future<JsonObject> asked = house.askAs("s-1", "a.ask", new JsonObject());
    until(() -> log().contains("a.called"));

    await(house.host().stop());

    assertThat(await(asked).getString("value")).isEqualTo("helped");
    assertThat(house.status("a").state()).isEqualTo(PluginState.STOPPED);
    assertThat(house.refusal("a.ask", new JsonObject()).failureType().name())
        .isEqualTo("NO_HANDLERS");
  }

  @Test
  void refusesWhatDoesNotEndInTime() {
    house.stopSeconds = 1;
    with("a", "return Promise.<JsonObject>promise().future();", "return Future.succeededFuture();");
    house.start();
    Future<JsonObject> asked = house.askAs("s-1", "a.ask", new JsonObject());
    until(() -> log().contains("a.called"));

    await(house.host().stop());

    assertThat(PluginHostFixture.failure(asked))
        .returns(4113, ReplyException::failureCode)
        .hasMessageContaining("is stopping");
  }

  @Test
  void closesEveryPluginWhateverTheOthersDo() {
    house.stopSeconds = 1;
    with("a", "return reply(1);", "return Promise.promise().future();");
    with("b", "return reply(1);", "throw new IllegalStateException(\"no\");");
    with("c", "return reply(1);", "return null;");
    with("d", "return reply(1);", "return Future.failedFuture(\"no\");");
    house.start();
    Instant begun = Instant.now();

    await(house.host().stop());

    assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(4));
    assertThat(log()).contains("a.closed", "b.closed", "c.closed", "d.closed");
    assertThat(house.host().plugins())
        .allSatisfy(status -> assertThat(status.state()).isEqualTo(PluginState.STOPPED));
  }

  @Test
  void stopsOnce() {
    with("a", "return reply(1);", "return Future.succeededFuture();");
    house.start();

    await(house.host().stop());
    await(house.host().stop());

    assertThat(log()).isEqualTo("a.closed ");
  }
}
