package io.drawbridge.pluginhost;

import static io.drawbridge.pluginhost.PluginHostFixture.await;
import static io.drawbridge.pluginhost.PluginHostFixture.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is left of a version that has ended: nothing. */
class NothingStaysTest {

  private static final String ANSWER = "return reply(1);";

  @TempDir Path folder;
  private final Loaders loaders = new Loaders();
  private PluginHostFixture house;

  @BeforeEach
  void furnish() throws IOException {
    house = new PluginHostFixture(folder);
    house.config.put("probation", new JsonObject().put("seconds", 0));
  }

  @AfterEach
  void clear() {
    house.close();
    loaders.close();
  }

  private static PluginJar version(String version, String threading, String open, String handler) {
    String more = "\"threading\": \"%s\", \"instances\": 2".formatted(threading);
    return Loaders.version(version, more, open, handler, "");
  }

  private void deploy(PluginJar jar) {
    house.deploy(jar);
    loaders.note();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "event-loop | '' | return reply(1);",
        "worker     | '' | return reply(1);",
        "event-loop | context.every(Duration.ofMillis(5), () -> {}); context.after(Duration.ofHours(1), () -> {}); | return reply(1);",
        "event-loop | '' | return context.vertx().executeBlocking(() -> new JsonObject().put(\"value\", 1));",
        "event-loop | context.vertx().setPeriodic(10, id -> {}); context.vertx().eventBus().consumer(\"own\", m -> {}); | return reply(1);",
        "event-loop | '' | context.vertx().setPeriodic(10, id -> {}); context.vertx().setTimer(3_600_000, id -> {}); return reply(1);",
        "worker     | '' | context.vertx().setPeriodic(10, id -> {}); return reply(1);",
        "event-loop | '' | return context.vertx().executeBlocking(() -> context.vertx().setPeriodic(10, id -> {})).compose(id -> reply(1));",
        "event-loop | '' | return Future.failedFuture(new IllegalStateException(\"own\"));",
        "event-loop | '' | return context.vertx().deployVerticle(new Child()).compose(id -> reply(1));",
        "event-loop | '' | return context.vertx().deployVerticle(\"stays.TestVerticle$Child\").compose(id -> reply(1));",
        "event-loop | '' | return context.vertx().deployVerticle(Child.class, new DeploymentOptions().setInstances(4)).compose(id -> reply(1));",
        "event-loop | '' | return context.vertx().deployVerticle(new Child(), new DeploymentOptions().setThreadingModel(ThreadingModel.WORKER).setWorkerPoolName(\"own\")).compose(id -> reply(1));",
        "event-loop | context.vertx().createSharedWorkerExecutor(\"own\").executeBlocking(() -> 1); | return reply(1);",
        "worker     | '' | return context.vertx().createSharedWorkerExecutor(\"own\", 2).executeBlocking(() -> new JsonObject().put(\"value\", 1));"
      })
  void everyVersionThatWasReplacedIsCollected(String threading, String open, String handler) {
    house.start();
    for (int swap = 0; swap < 6; swap++) {
      deploy(version(swap % 2 == 0 ? "1.0.0" : "1.1.0", threading, open, handler));
      for (int n = 0; n < 5; n++) {
        Future<JsonObject> asked = house.askAs("s-" + n, "stays.ask", new JsonObject());
        await(handler.contains("failedFuture") ? asked.otherwiseEmpty() : asked);
      }
    }

    assertNothingStays();
  }

  private void assertNothingStays() {
    assertThat(loaders.left(1)).isEqualTo(1);
    await(house.host().undeploy("stays", "tester"));
    assertThat(loaders.left(0)).isZero();
  }

  /**
   * The server's pools outlive a plugin on whose behalf they grow. On Java 17 a thread remembers
   * for good which code was on the stack when it was made.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "vert.x-worker-thread     | return here.deployVerticle(Child.class, new DeploymentOptions().setInstances(16).setThreadingModel(ThreadingModel.WORKER)).compose(id -> reply(1));",
        "vert.x-internal-blocking | List<Future<?>> all = new ArrayList<>(); for (int i = 0; i < 16; i++) all.add(here.fileSystem().exists(\".\")); return Future.all(all).compose(any -> reply(1));",
        "vert.x-eventloop-thread  | return here.deployVerticle(Child.class, new DeploymentOptions().setInstances(32)).compose(id -> reply(1));"
      })
  void threadsOfTheServersThatItMadeKeepNothingOfIt(String pool, String handler)
      throws IOException {
    house.close();
    Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(32));
    house = new PluginHostFixture(Files.createDirectory(folder.resolve("wide")), vertx);
    // Soon found, so that the start itself leaves most of the loops untouched.
    house.socketLoop = thread -> thread.getName().matches(".*-thread-[3-5]");
    house.start();
    deploy(version("1.0.0", "event-loop", "", handler));
    Set<Thread> before = threadsOf(pool);
    await(house.askAs("s-1", "stays.ask", new JsonObject()));
    Set<Thread> grown = threadsOf(pool);
    grown.removeAll(before);
    assertThat(grown).as("made while the plugin was on the stack").isNotEmpty();

    await(house.host().undeploy("stays", "tester"));

    assertThat(loaders.left(0)).isZero();
    assertThat(grown).allMatch(Thread::isAlive);
  }

  @Test
  void childrenAndExecutorsEndWithThePlugin() {
    String open =
        """
        context.vertx().createSharedWorkerExecutor("stays-own").executeBlocking(() -> 1);
        return context.vertx().deployVerticle(new Child());""";
    house.start();
    deploy(version("1.0.0", "event-loop", "if (true) { %s }".formatted(open), ANSWER));
    assertThat(threadsOf("stays-own")).isNotEmpty();
    house.vertx.eventBus().send("child", "is there");

    await(house.host().undeploy("stays", "tester"));

    assertThat(house.refusal("child", "").failureType()).isEqualTo(ReplyFailure.NO_HANDLERS);
    until(() -> threadsOf("stays-own").isEmpty());
  }

  private static Set<Thread> threadsOf(String pool) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith(pool))
        .collect(Collectors.toSet());
  }

  @Tag("long")
  @Test
  void nothingStaysOfAnyOfFiftyVersions() {
    String open =
        """
        context.every(Duration.ofMillis(5), () -> {});
        context.vertx().setPeriodic(5, id -> {});
        context.vertx().createSharedWorkerExecutor("own").executeBlocking(() -> 1);
        context.vertx().deployVerticle(new Child());""";
    String handler =
        "return context.vertx().executeBlocking(() -> new JsonObject().put(\"value\", 1));";
    house.start();
    for (int swap = 0; swap < 50; swap++) {
      deploy(version("1." + swap + ".0", swap % 2 == 0 ? "event-loop" : "worker", open, handler));
      await(house.askAs("s-1", "stays.ask", new JsonObject()));
    }

    assertNothingStays();
  }

  @Test
  void aVersionThatDidNotStartIsCollected() {
    house.start();
    house.deploy(version("1.0.0", "event-loop", "", ANSWER));
    for (int n = 0; n < 3; n++) {
      house.refusal(
          version(
              "2.0.0",
              "event-loop",
              "if (true) throw new IllegalStateException(\"x\");",
              "return reply(2);"));
      loaders.note();
    }

    assertThat(loaders.left(0)).isZero();
  }

  /** Forbidden in docs/plugins.md, for Vert.x offers the host no way to find them. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "here.eventBus().registerDefaultCodec(Note.class, new NoteCodec()); | here.eventBus().unregisterDefaultCodec(Note.class);",
        "here.eventBus().registerCodec(new NoteCodec()); | here.eventBus().unregisterCodec(\"note\");",
        "here.eventBus().addOutboundInterceptor(PASS); | here.eventBus().removeOutboundInterceptor(PASS);",
        "here.eventBus().addInboundInterceptor(PASS); | here.eventBus().removeInboundInterceptor(PASS);",
        "here.sharedData().getLocalMap(\"own\").put(\"note\", new Note()); | here.sharedData().getLocalMap(\"own\").clear();",
        "LOCAL.set(new Note()); | LOCAL.remove();"
      })
  void whatVertxKeepsIsToldAsALeakUnlessClosePutsItBack(String open, String close) {
    house.config.put("containment", new JsonObject().put("leakSeconds", 1));
    house.start();
    house.deploy(Loaders.version("1.0.0", "", open, ANSWER, close));
    loaders.note();
    house.deploy(Loaders.version("1.1.0", "", "", ANSWER, ""));
    assertThat(loaders.left(0)).isZero();

    house.deploy(Loaders.version("1.2.0", "", open, ANSWER, ""));
    house.deploy(Loaders.version("1.3.0", "", "", ANSWER, ""));

    until(() -> house.host().figures().get(0).leaked() == 1);
  }

  @Test
  void aChildWhoseStartFailsIsToldAsALeak() {
    house.config.put("containment", new JsonObject().put("leakSeconds", 1));
    house.start();
    house.deploy(version("1.0.0", "event-loop", "here.deployVerticle(new Stillborn());", ANSWER));

    house.deploy(version("1.1.0", "event-loop", "", ANSWER));

    until(() -> house.host().figures().get(0).leaked() == 1);
  }

  @Test
  void aCodecKeepsTheNextVersionFromStarting() {
    String open = "here.eventBus().registerDefaultCodec(Note.class, new NoteCodec());";
    house.start();
    house.deploy(Loaders.version("1.0.0", "", open, ANSWER, ""));

    assertThat(house.refusal(Loaders.version("1.1.0", "", open, ANSWER, "")))
        .contains("open failed", "note");
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
    house.deploy(version("1.0.0", "event-loop", lingers, ANSWER));

    house.deploy(version("1.1.0", "event-loop", "", ANSWER));

    until(() -> house.host().figures().get(0).leaked() == 1);
  }
}
