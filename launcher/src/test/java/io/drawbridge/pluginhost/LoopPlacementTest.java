package io.drawbridge.pluginhost;

import static io.drawbridge.pluginhost.PluginHostFixture.await;
import static io.drawbridge.pluginhost.PluginHostFixture.until;
import static io.drawbridge.pluginhost.PluginJar.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which event loop a version lives on: its own while there are some, and none that is held. */
class LoopPlacementTest {

  private static final String FREE = "placement.free";

  @TempDir Path folder;
  private PluginHostFixture house;

  /** Of the loops one carries sockets, one the host's own changes. */
  @BeforeEach
  void furnish() throws IOException {
    System.clearProperty(FREE);
    house = new PluginHostFixture(folder, Vertx.vertx(new VertxOptions().setEventLoopPoolSize(6)));
    house.socketLoop = thread -> thread.getName().endsWith("-5");
    house.stopSeconds = 1;
    house.config.put("drainSeconds", 1);
    house.watchLoops();
    house.start();
  }

  @AfterEach
  void clear() {
    System.setProperty(FREE, "true");
    house.close();
    System.clearProperty(FREE);
  }

  private static PluginJar plugin(String id) {
    return plugin(id, "1.0.0");
  }

  private static PluginJar plugin(String id, String version) {
    return PluginJar.plugin(
            id,
            request(id + ".where") + ", " + request(id + ".hold"),
            """
        @Override protected Future<?> open(PluginContext context) {
          context.handle("%1$s.where", (body, caller) -> reply(Thread.currentThread().getName()));
          context.handle("%1$s.hold", (body, caller) -> {
            while (!Boolean.getBoolean("placement.free")) { Thread.onSpinWait(); }
            return reply(1);
          });
          return Future.succeededFuture();
        }
        """
                .formatted(id))
        .descriptor(descriptor(id, "").replace("1.0.0", version));
  }

  private static String descriptor(String id, String more) {
    return PluginJar.descriptor(id, request(id + ".where") + ", " + request(id + ".hold"), more);
  }

  private String loopOf(String id) {
    return house.ask(id + ".where", new JsonObject()).getString("value");
  }

  @Test
  void eachPluginHasALoopOfItsOwnWhileThereAreSome() {
    Set<String> loops = new HashSet<>();
    for (int n = 0; n < 4; n++) {
      house.deploy(plugin("p" + n));
      loops.add(loopOf("p" + n));
    }

    assertThat(loops).hasSize(4);
    house.deploy(plugin("p4"));
    assertThat(loops).contains(loopOf("p4"));
  }

  @Test
  void aNewVersionStartsOnALoopThatNobodyUses() {
    house.deploy(plugin("p0"));
    house.deploy(plugin("p1"));
    Set<String> used = new HashSet<>(Set.of(loopOf("p0"), loopOf("p1")));

    house.deploy(plugin("p0", "1.1.0"));

    assertThat(used).doesNotContain(loopOf("p0"));
  }

  @Test
  void theInstancesOfAPluginShareNoLoop() {
    house.deploy(plugin("p0").descriptor(descriptor("p0", "\"instances\": 3")));
    Set<String> loops = new HashSet<>();

    for (int n = 0; n < 12; n++) {
      loops.add(loopOf("p0"));
    }

    assertThat(loops).hasSize(3);
  }

  @Test
  void aPluginThatHoldsItsLoopForGoodHoldsUpNobodyElse() {
    house.deploy(plugin("quiet"));
    house.deploy(plugin("noisy"));
    var stuck = house.askAs("s-1", "noisy.hold", new JsonObject());

    until(() -> house.status("noisy").state() == PluginState.QUARANTINED);

    assertThat(loopOf("quiet")).isNotBlank();
    await(stuck.otherwiseEmpty());
    await(house.host().undeploy("noisy", "tester").otherwiseEmpty());
    for (int n = 0; n < 4; n++) {
      house.deploy(plugin("p" + n));
      house.deploy(plugin("quiet", "1.0." + (n + 1)));
      assertThat(loopOf("p" + n)).isNotBlank();
      assertThat(loopOf("quiet")).isNotBlank();
    }
  }
}
