package io.drawbridge.testkit;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A JUnit 5 extension: a real server with your plugin in it, for all tests of a class.
 *
 * <pre>{@code
 * class GreetTest {
 *   @RegisterExtension
 *   static final TestBridge bridge = TestBridge.withThisPlugin();
 *
 *   @Test
 *   void itGreetsWhoeverAsks() {
 *     JsonObject reply = bridge.browser("alice", "greet:use").request("greet.hello", new JsonObject());
 *
 *     assertEquals("Hello alice", reply.getString("text"));
 *   }
 * }
 * }</pre>
 *
 * <p>Promises: it starts once per class, on a free port of loopback, with an empty database; every
 * call waits for its outcome, for a bounded time; browsers close after each test, the server after
 * the last one; when a test fails, what the server logged as a warning or worse is printed.
 */
public final class TestBridge
    implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {

  private final ServerFolder folder;
  private final List<PluginJar> plugins = new CopyOnWriteArrayList<>();
  private final List<Browser> browsers = new CopyOnWriteArrayList<>();
  private @Nullable RunningServer server;

  private TestBridge(PluginJar... jars) {
    this.plugins.addAll(List.of(jars));
    this.folder = new ServerFolder();
  }

  /** With the plugin of the project that is tested, as it is compiled now. */
  public static TestBridge withThisPlugin() {
    return new TestBridge(PluginJar.ofProject());
  }

  /** With these plugins; with none of them it starts empty. */
  public static TestBridge with(PluginJar... jars) {
    return new TestBridge(jars);
  }

  /**
   * Adds a permission rule, as it stands under {@code permissions} in the server's settings; say
   * before the first test. Where browsers may register, only such a rule says.
   */
  public TestBridge permitting(String rule) {
    folder.settings().permit(new JsonObject(rule));
    return this;
  }

  /** Gives a plugin its settings, the {@code conf/plugins/<id>.json}; say before the first test. */
  public TestBridge configuring(String pluginId, JsonObject settings) {
    folder.configure(pluginId, settings);
    return this;
  }

  /**
   * Sets keys of the section {@code plugins} of the server's settings, such as {@code
   * {"drainSeconds": 2}}; say before the first test.
   */
  public TestBridge hosting(JsonObject settings) {
    folder.settings().mergePlugins(settings);
    return this;
  }

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    server = folder.start(plugins);
    for (PluginJar jar : plugins) {
      server.expectRunning(jar);
    }
  }

  @Override
  public void beforeEach(ExtensionContext context) throws IOException {
    if (server == null) {
      throw new IllegalStateException(
          "register the TestBridge in a static field: one server for all tests");
    }
    server.markLog();
  }

  /** Where the server listens, such as {@code http://127.0.0.1:41873}. */
  public String url() {
    return server().url();
  }

  /** A browser that has signed in: its token grants exactly these authorities. */
  public Browser browser(String subject, String... authorities) {
    return kept(Browser.connect(url(), server().tokens().issue(subject, authorities)));
  }

  /** A browser without a token. */
  public Browser stranger() {
    return kept(Browser.connect(url(), ""));
  }

  /**
   * Deploys a plugin, or another version of one that runs; returns its status when it serves.
   *
   * @throws AssertionError with the server's reason if it does not come about
   */
  public JsonObject deploy(PluginJar jar) {
    return calling(() -> server().admin().deploy(jar, false));
  }

  /** The same, even where it breaks clients of the version that runs. */
  public JsonObject deployByForce(PluginJar jar) {
    return calling(() -> server().admin().deploy(jar, true));
  }

  /** Goes back to the version that ran before; returns the status when that one serves. */
  public JsonObject rollBack(String pluginId) {
    return calling(() -> server().admin().rollBack(pluginId));
  }

  /** Takes a plugin off; returns its status when nothing of it runs any more. */
  public JsonObject undeploy(String pluginId) {
    return calling(() -> server().admin().undeploy(pluginId));
  }

  /** The listing: {@code id, version, state, generation, addresses, previous, error} of each. */
  public List<JsonObject> plugins() {
    return calling(() -> server().admin().plugins());
  }

  /**
   * Deploys one version after the other while a load runs, and says what became of the load. Each
   * version serves some requests before the next one comes.
   *
   * @throws AssertionError with the server's reason if a version does not come to serve
   */
  public LoadReport swapUnderLoad(Load load, PluginJar... versions) {
    try (LoadRun run = LoadRun.start(load, () -> connect(load))) {
      run.awaitMore(load.perSecond() / 2);
      for (PluginJar each : versions) {
        deploy(each);
        run.awaitMore(load.perSecond() / 2);
      }
      return run.end();
    }
  }

  /**
   * Says that of each plugin only the versions that run are in the server's memory: what ran before
   * has left it, or does so within seconds. Deploy another version first, or undeploy.
   *
   * @throws AssertionError if an old one stays, with what holds it as far as that can be told
   */
  public void assertNothingStays() {
    calling(
        () -> {
          server().assertNothingStays();
          return true;
        });
  }

  private Browser connect(Load load) {
    String token =
        server().tokens().issue(load.subject(), load.authorities().toArray(String[]::new));
    return Browser.connect(url(), token);
  }

  private Browser kept(Browser browser) {
    browsers.add(browser);
    return browser;
  }

  private RunningServer server() {
    return Objects.requireNonNull(server, "the server runs from before the first test on");
  }

  private interface Call<T> {
    T call() throws IOException;
  }

  private static <T> T calling(Call<T> call) {
    try {
      return call.call();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void afterEach(ExtensionContext context) throws IOException {
    browsers.forEach(Browser::close);
    browsers.clear();
    if (server != null && context.getExecutionException().isPresent()) {
      server.complaints().forEach(System.err::println);
    }
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    if (server != null) {
      server.close();
      server = null;
    }
    folder.delete();
  }
}
