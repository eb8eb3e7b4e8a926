package io.drawbridge.pluginhost;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.config.PluginSettingsReader;
import io.drawbridge.config.PluginsConfig;
import io.drawbridge.config.SettingsReader;
import io.drawbridge.permission.LivePermissions;
import io.drawbridge.permission.Subject;
import io.drawbridge.permission.Verb;
import io.drawbridge.pluginhost.contract.PluginException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** A plugin host on a Vert.x of its own, with folders of its own. */
final class PluginHostFixture implements AutoCloseable {

  final Vertx vertx;
  final Path plugins;
  final Path data;
  final Path conf;
  final LivePermissions permissions = new LivePermissions(List.of());
  Future<Pool> database = Future.failedFuture("this test has no database");
  Predicate<Thread> socketLoop = thread -> false;
  private final Context control;
  int startSeconds = 20;
  int stopSeconds = 5;
  int requestSeconds = 20;
  long jarBytes = 8 << 20;
  int jarEntries = 500;
  int queue = 1_000;
  int inFlight = 100;

  /** Further keys of the section {@code plugins}. */
  final JsonObject config = new JsonObject();

  /** What the audit log would be told. */
  final List<Deployment> deployments = new CopyOnWriteArrayList<>();

  private PluginHost host;

  PluginHostFixture(Path folder) throws IOException {
    this(folder, Vertx.vertx());
  }

  PluginHostFixture(Path folder, Vertx vertx) throws IOException {
    this.vertx = vertx;
    this.control = vertx.getOrCreateContext();
    plugins = Files.createDirectory(folder.resolve("plugins"));
    data = folder.resolve("data");
    conf = Files.createDirectory(folder.resolve("conf"));
  }

  PluginHostFixture with(String file, PluginJar jar) {
    jar.writeTo(plugins.resolve(file));
    return this;
  }

  PluginHostFixture settings(String id, String json) throws IOException {
    Files.createDirectories(conf.resolve("plugins"));
    Files.writeString(conf.resolve("plugins").resolve(id + ".json"), json);
    return this;
  }

  /** Holding an event loop three times for a tenth of a second is too much. */
  void watchLoops() {
    config.put(
        "containment",
        new JsonObject().put("blockedMillis", 100).put("strikes", 3).put("strikeSeconds", 60));
  }

  PluginHostFixture start() {
    JsonObject more =
        new JsonObject()
            .put("startSeconds", startSeconds)
            .put("stopSeconds", stopSeconds)
            .put("requestSeconds", requestSeconds)
            .put("jarBytes", jarBytes)
            .put("jarEntries", jarEntries)
            .put("queue", queue)
            .put("inFlight", inFlight)
            .mergeIn(config);
    String json = new JsonObject().put("plugins", more).encode();
    PluginsConfig settings = SettingsReader.read(json, conf, Map.of()).plugins().in(plugins);
    Thread controlLoop = controlLoop();
    var services =
        new HostServices(
            new PluginSettingsReader(conf, Map.of()),
            permissions,
            () -> database,
            socketLoop,
            thread -> !socketLoop.test(thread) && thread != controlLoop,
            control,
            deployments::add);
    host = new PluginHost(vertx, settings, data, services);
    await(host.start());
    return this;
  }

  private Thread controlLoop() {
    Promise<Thread> loop = Promise.promise();
    control.runOnContext(nothing -> loop.complete(Thread.currentThread()));
    return await(loop.future());
  }

  /** Deploys a jar that does not lie in the plugins folder. */
  Future<PluginStatus> deploy(PluginJar jar, DeployOptions options) {
    try {
      Path folder = Files.createTempDirectory(conf, "upload");
      return host.deploy(jar.writeTo(folder.resolve("upload.jar")), options);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  PluginStatus deploy(PluginJar jar) {
    return await(deploy(jar, DeployOptions.plain("tester")));
  }

  /** Why a jar was not deployed, in one line. */
  String refusal(PluginJar jar) {
    Future<PluginStatus> deployed = deploy(jar, DeployOptions.plain("tester"));
    await(deployed.otherwiseEmpty());
    assertThat(deployed.failed()).as("deployed: %s", deployed.result()).isTrue();
    assertThat(PluginException.lineOf(deployed.cause())).doesNotContain("\n");
    return PluginException.lineOf(deployed.cause());
  }

  /** Stops the host and starts another one on the same folders. */
  PluginHostFixture restart() {
    await(host.stop());
    return start();
  }

  PluginHost host() {
    return host;
  }

  PluginStatus status(String id) {
    return host.plugins().stream()
        .filter(status -> status.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no plugin " + id + " in " + host.plugins()));
  }

  /** The one-line reason why a plugin failed. */
  String errorOf(String id) {
    PluginStatus status = status(id);
    assertThat(status.state()).as("state of %s: %s", id, status).isEqualTo(PluginState.FAILED);
    assertThat(status.error()).isNotBlank().doesNotContain("\n");
    return status.error();
  }

  void assertRunning(String id) {
    PluginStatus status = status(id);
    assertThat(status.state()).as("%s", status).isEqualTo(PluginState.RUNNING);
  }

  /** Whether the rules in force let a browser with an authority send to an address. */
  boolean maySend(String address, String authority) {
    var alice = new Subject("alice", Set.of(authority), Map.of(), Instant.now().plusSeconds(60));
    return permissions.decide(Verb.SEND, address, alice).allowed();
  }

  /** Asks as something inside the cluster. */
  JsonObject ask(String address, Object body) {
    return await(vertx.eventBus().<JsonObject>request(address, body)).body();
  }

  /** Asks as a browser's session does through the bridge. */
  Future<JsonObject> askAs(String session, String address, JsonObject body) {
    return vertx
        .eventBus()
        .<JsonObject>request(address, body, browser("alice", session, "chat:read"))
        .map(reply -> reply.body());
  }

  static DeliveryOptions browser(String subject, String session, String... authorities) {
    var claims =
        new JsonObject()
            .put("authorities", new JsonArray(List.of(authorities)))
            .put("claims", new JsonObject().put("tenant", "acme"));
    return new DeliveryOptions()
        .addHeader("eb-subject", subject)
        .addHeader("eb-session", session)
        .addHeader("eb-claims", claims.encode());
  }

  /** How a request to an address fails. */
  ReplyException refusal(String address, Object body) {
    try {
      JsonObject reply = ask(address, body);
      throw new AssertionError(address + " did not refuse but answered " + reply);
    } catch (ReplyException e) {
      return e;
    }
  }

  /** How a request that is under way fails. */
  static ReplyException failure(Future<?> future) {
    await(future.otherwiseEmpty());
    assertThat(future.cause()).isInstanceOf(ReplyException.class);
    return (ReplyException) future.cause();
  }

  static <T> T await(Future<T> future) {
    try {
      return future.await(30, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("nothing came within 30 s", e);
    }
  }

  /** Waits for something that has no future; looks again every few milliseconds. */
  static void until(BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("it did not come true within 20 s");
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }

  @Override
  public void close() {
    if (host != null) {
      await(host.stop());
    }
    await(vertx.close());
  }
}
