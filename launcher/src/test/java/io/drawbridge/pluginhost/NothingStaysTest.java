package io.drawbridge.pluginhost;

import static io.drawbridge.pluginhost.PluginHostFixture.await;
import static io.drawbridge.pluginhost.PluginHostFixture.until;
import static io.drawbridge.pluginhost.PluginJar.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is left of a version that has ended: nothing. */
class NothingStaysTest {

  private static final String LOADER = "stays.loader";

  @TempDir Path folder;
  private PluginHostFixture house;
  private final List<WeakReference<ClassLoader>> loaders = new ArrayList<>();

  @BeforeEach
  void furnish() throws IOException {
    house = new PluginHostFixture(folder);
  }

  @AfterEach
  void clear() {
    house.close();
    System.getProperties().remove(LOADER);
  }

  private static PluginJar version(String version, String threading, String open, String handler) {
    String more = "\"threading\": \"%s\", \"instances\": 2".formatted(threading);
    return PluginJar.plugin(
            "stays",
            request("stays.ask"),
            """
            @Override protected Future<?> open(PluginContext context) {
              System.getProperties().put("%s", getClass().getClassLoader());
              context.handle("stays.ask", (body, caller) -> { %s });
              %s
              return Future.succeededFuture();
            }
            """
                .formatted(LOADER, handler, open))
        .descriptor(
            PluginJar.descriptor("stays", request("stays.ask"), more)
                .replace("\"1.0.0\"", '"' + version + '"'));
  }

  /** Deploys, and remembers the class loader weakly. */
  private void deploy(PluginJar jar) {
    house.deploy(jar);
    loaders.add(new WeakReference<>((ClassLoader) System.getProperties().remove(LOADER)));
  }

  /** How many of the loaders are still there, once the collector has had its chances. */
  private long left(long expected) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(15);
    long left = loaders.size();
    while (left > expected && System.nanoTime() < deadline) {
      System.gc();
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
      left = loaders.stream().filter(loader -> loader.get() != null).count();
    }
    return left;
  }

  @ParameterizedTest
  @CsvSource({
    "event-loop, '', return reply(1);",
    "worker, '', return reply(1);",
    "event-loop, 'context.every(Duration.ofMillis(5), () -> {}); context.after(Duration.ofHours(1), () -> {});', return reply(1);",
    "event-loop, '', 'return context.vertx().executeBlocking(() -> new JsonObject().put(\"value\", 1));'",
    "event-loop, 'context.vertx().setPeriodic(10, id -> {}); context.vertx().eventBus().consumer(\"own\", m -> {});', return reply(1);",
    "event-loop, '', 'return Future.failedFuture(new IllegalStateException(\"own\"));'"
  })
  void everyVersionThatWasReplacedIsCollected(String threading, String open, String handler) {
    house.config.put("probation", new JsonObject().put("seconds", 0));
    house.start();
    for (int swap = 0; swap < 6; swap++) {
      deploy(version(swap % 2 == 0 ? "1.0.0" : "1.1.0", threading, open, handler));
      for (int n = 0; n < 5; n++) {
        await(house.askAs("s-" + n, "stays.ask", new JsonObject()).otherwiseEmpty());
      }
    }

    assertThat(left(1)).isEqualTo(1);
    await(house.host().undeploy("stays", "tester"));
    assertThat(left(0)).isZero();
  }

  @Test
  void aVersionThatDidNotStartIsCollected() {
    house.start();
    house.deploy(version("1.0.0", "event-loop", "", "return reply(1);"));
    for (int n = 0; n < 3; n++) {
      house.refusal(
          version(
              "2.0.0",
              "event-loop",
              "if (true) throw new IllegalStateException(\"x\");",
              "return reply(2);"));
      loaders.add(new WeakReference<>((ClassLoader) System.getProperties().remove(LOADER)));
    }

    assertThat(left(0)).isZero();
  }

  @Test
  void aVersionThatAThreadOfItsOwnKeepsIsToldAsALeak() {
    house.config.put("containment", new JsonObject().put("leakSeconds", 1));
    house.start();
    String lingers =
        """
        Thread lingering = new Thread(() -> {
          try { new CountDownLatch(1).await(25, TimeUnit.SECONDS); } catch (InterruptedException e) { }
        }, "lingers");
        lingering.setDaemon(true);
        lingering.start();""";
    house.deploy(version("1.0.0", "event-loop", lingers, "return reply(1);"));

    house.deploy(version("1.1.0", "event-loop", "", "return reply(1);"));

    until(() -> house.host().figures().get(0).leaked() == 1);
  }
}
