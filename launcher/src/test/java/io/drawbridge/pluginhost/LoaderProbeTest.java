package io.drawbridge.pluginhost;

import static io.drawbridge.pluginhost.PluginHostFixture.await;
import static io.drawbridge.pluginhost.PluginHostFixture.until;
import static io.drawbridge.pluginhost.PluginJar.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A version that has ended and stays in memory is counted, and whoever holds it is named. */
class LoaderProbeTest {

  private static final String FREE = "leaky.free";

  @TempDir Path folder;
  private PluginHostFixture house;

  @BeforeEach
  void furnish() throws IOException {
    System.clearProperty(FREE);
    house = new PluginHostFixture(folder);
    house.config.put("containment", new JsonObject().put("leakSeconds", 1));
    house.start();
  }

  @AfterEach
  void clear() {
    System.setProperty(FREE, "true");
    house.close();
    System.clearProperty(FREE);
  }

  private static PluginJar leaky(String open) {
    return PluginJar.plugin(
        "leaky",
        request("leaky.ask"),
        """
        private static void stay() {
          while (!Boolean.getBoolean("leaky.free")) {
            try { Thread.sleep(20); } catch (InterruptedException e) { return; }
          }
        }
        @Override protected Future<?> open(PluginContext context) {
          context.handle("leaky.ask", (body, caller) -> reply(1));
          %s
          return Future.succeededFuture();
        }
        """
            .formatted(open));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "thread stays is in                                                              | new Thread(TestVerticle::stay, \"stays\").start();",
        "thread stays is in leaky@1.0.0#1//leaky.TestVerticle$1.run | new Thread(\"stays\") { @Override public void run() { java.util.concurrent.locks.LockSupport.parkNanos(20_000_000_000L); } }.start();",
        "was begun by it and has not ended                                               | Executors.newSingleThreadExecutor(task -> { Thread made = new Thread(task, \"stays\"); made.setDaemon(true); return made; }).submit(() -> {});"
      })
  void aThreadThatGoesOnIsNamed(String holder, String open) {
    try (var log = new LogLines(LoaderProbe.class)) {
      house.deploy(leaky(open));
      assertThat(house.status("leaky").leaked()).isZero();
      await(house.host().undeploy("leaky", "tester"));

      until(() -> house.status("leaky").leaked() == 1);

      assertThat(log.lines())
          .singleElement(STRING)
          .contains("plugin=leaky", "version=leaky@1.0.0#1", "thread stays", holder);
    }
  }

  @Test
  void aLeakThatEndsIsNoLongerCounted() {
    house.deploy(leaky("new Thread(TestVerticle::stay, \"stays\").start();"));
    await(house.host().undeploy("leaky", "tester"));
    until(() -> house.status("leaky").leaked() == 1);

    System.setProperty(FREE, "true");

    until(
        () -> {
          System.gc();
          return house.status("leaky").leaked() == 0;
        });
  }

  @Test
  void aVersionThatOnlyWaitsForTheCollectorIsNoLeak() {
    try (var log = new LogLines(LoaderProbe.class)) {
      house.deploy(leaky(""));
      await(house.host().undeploy("leaky", "tester"));
      house.deploy(leaky("new Thread(TestVerticle::stay, \"stays\").start();"));
      await(house.host().undeploy("leaky", "tester"));

      until(() -> house.status("leaky").leaked() > 0);

      assertThat(house.status("leaky").leaked()).isEqualTo(1);
      assertThat(log.lines()).singleElement(STRING).contains("version=leaky@1.0.0#2");
    }
  }
}
