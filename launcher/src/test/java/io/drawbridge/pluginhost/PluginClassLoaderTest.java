package io.drawbridge.pluginhost;

import static io.drawbridge.pluginhost.PluginJar.plugin;
import static io.drawbridge.pluginhost.PluginJar.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which classes and resources a plugin sees. */
class PluginClassLoaderTest {

  @TempDir Path folder;
  private PluginHostFixture house;

  @BeforeEach
  void furnish() throws IOException {
    house = new PluginHostFixture(folder);
  }

  @AfterEach
  void clear() {
    house.close();
  }

  /** A plugin that answers at {@code <id>.ask} with the value of an expression. */
  private static PluginJar answering(String id, String expression) {
    return plugin(
        id,
        request(id + ".ask"),
        """
        @Override protected Future<?> open(PluginContext context) {
          context.handle("%s.ask", (body, caller) -> {
            try {
              return reply(%s);
            } catch (Exception e) {
              return reply(e.getClass().getSimpleName());
            }
          });
          return Future.succeededFuture();
        }
        private static Object load(String name) throws Exception {
          return Class.forName(name).getClassLoader() == TestVerticle.class.getClassLoader() ? "own" : "host's";
        }
        """
            .formatted(id, expression));
  }

  private Object ask(String id) {
    house.assertRunning(id);
    return house.ask(id + ".ask", new JsonObject()).getValue("value");
  }

  private static PluginJar library(String version) {
    return new PluginJar()
        .source(
            "shared.Library",
            "package shared; public class Library { public static String version() { return \"%s\"; } }"
                .formatted(version));
  }

  /** A folder plugin: its own jar beside a library. */
  private void withLibrary(String id, String version) throws IOException {
    Path home = Files.createDirectory(house.plugins.resolve(id));
    Path library = library(version).writeTo(home.resolve("library.jar"));
    answering(id, "shared.Library.version()").against(library).writeTo(home.resolve(id + ".jar"));
  }

  @Test
  void givesEachPluginItsOwnVersionOfALibrary() throws IOException {
    withLibrary("early", "1.4");
    withLibrary("late", "2.0");

    house.start();

    assertThat(ask("early")).isEqualTo("1.4");
    assertThat(ask("late")).isEqualTo("2.0");
  }

  @Test
  void hidesTheHostAndItsLibraries() {
    house.with("test.jar", answering("test", "load(body.getString(\"name\"))")).start();

    for (String hidden :
        List.of(
            "io.drawbridge.pluginhost.PluginHost",
            "io.drawbridge.config.Settings",
            "com.fasterxml.jackson.databind.ObjectMapper",
            "com.networknt.schema.JsonSchema",
            "ch.qos.logback.classic.Logger",
            "org.junit.jupiter.api.Test")) {
      assertThat(visible(hidden)).as(hidden).isEqualTo("ClassNotFoundException");
    }
    for (String shared :
        List.of(
            "io.drawbridge.plugin.Caller",
            "io.vertx.core.Vertx",
            "io.netty.buffer.ByteBuf",
            "com.fasterxml.jackson.core.JsonFactory",
            "org.slf4j.Logger",
            "java.sql.Connection",
            "java.net.http.HttpClient")) {
      assertThat(visible(shared)).as(shared).isEqualTo("host's");
    }
  }

  private Object visible(String name) {
    return house.ask("test.ask", new JsonObject().put("name", name)).getValue("value");
  }

  @Test
  void takesAPluginsOwnJacksonAndTheHostsVertx() throws IOException {
    Path databind = jarOf(com.fasterxml.jackson.databind.ObjectMapper.class);
    Path annotations = jarOf(com.fasterxml.jackson.annotation.JsonProperty.class);
    Path vertx = jarOf(io.vertx.core.Vertx.class);
    Path home = Files.createDirectory(house.plugins.resolve("test"));
    Files.copy(databind, home.resolve("databind.jar"));
    Files.copy(annotations, home.resolve("annotations.jar"));
    Files.copy(vertx, home.resolve("vertx.jar"));
    house.jarBytes = 64 << 20;
    house.jarEntries = 20_000;
    String expression =
        """
        new JsonArray()
            .add(load("com.fasterxml.jackson.databind.ObjectMapper"))
            .add(load("io.vertx.core.Vertx"))
            .add(new com.fasterxml.jackson.databind.ObjectMapper().readTree("[7]").get(0).asInt())""";
    answering("test", expression).writeTo(home.resolve("test.jar"));

    house.start();

    assertThat(ask("test")).isEqualTo(new JsonArray().add("own").add("host's").add(7));
  }

  @Test
  void letsAPluginBringALibraryOfVertxThatTheHostLacks() {
    house
        .with(
            "test.jar",
            answering("test", "load(\"io.vertx.carrier.pigeon.Client\")")
                .source(
                    "io.vertx.carrier.pigeon.Client",
                    "package io.vertx.carrier.pigeon; public class Client {}"))
        .start();

    assertThat(ask("test")).isEqualTo("own");
  }

  @Test
  void showsAPluginItsOwnResourcesAndNoneOfTheHosts() {
    String expression =
        """
        new JsonArray()
            .add(new String(TestVerticle.class.getResourceAsStream("/words/hello w\u00f6rld.txt").readAllBytes(), "UTF-8"))
            .add(Collections.list(TestVerticle.class.getClassLoader().getResources("META-INF/drawbridge/plugin.json")).size())
            .add(TestVerticle.class.getResource("/logback.xml") == null)
            .add(TestVerticle.class.getResource("/io/drawbridge/pluginhost/contract/plugin.schema.json") == null)
            .add(Collections.list(Thread.currentThread().getContextClassLoader().getResources("META-INF/drawbridge/plugin.json")).size())""";
    house
        .with("test.jar", answering("test", expression).entry("words/hello w\u00f6rld.txt", "moin"))
        .start();

    assertThat(ask("test"))
        .isEqualTo(new JsonArray().add("moin").add(1).add(true).add(true).add(1));
  }

  @Test
  void findsOnlyThePluginsProvidersOfAService() {
    house
        .with(
            "test.jar",
            answering(
                    "test",
                    "ServiceLoader.load(java.util.function.Supplier.class).stream()"
                        + ".map(provider -> provider.type().getName()).toList().toString()"
                        + " + ServiceLoader.load(java.nio.file.spi.FileSystemProvider.class,"
                        + " TestVerticle.class.getClassLoader()).stream().filter(p -> p.type().getName()"
                        + ".startsWith(\"test\")).count()"
                        + " + ServiceLoader.load(org.slf4j.spi.SLF4JServiceProvider.class).stream().count()")
                .source(
                    "test.Provider",
                    "package test; public class Provider implements java.util.function.Supplier<String>"
                        + " { public String get() { return \"x\"; } }")
                .entry("META-INF/services/java.util.function.Supplier", "test.Provider\n"))
        .start();

    assertThat(ask("test")).isEqualTo("[test.Provider]00");
  }

  @Test
  void runsFromAPrivateCopy() throws IOException {
    String expression =
        "new java.io.File(TestVerticle.class.getProtectionDomain().getCodeSource().getLocation().toURI()).getPath()";
    house.with("test.jar", answering("test", expression)).start();

    Files.writeString(house.plugins.resolve("test.jar"), "overwritten");
    Path copy = Path.of(ask("test").toString());

    assertThat(copy).startsWith(house.data.resolve("plugins").toAbsolutePath()).exists();
    assertThat(copy.getParent().getFileName().toString()).hasSize(64).matches("[0-9a-f]+");
    assertThat(Files.getPosixFilePermissions(house.data.resolve("plugins"))).hasSize(3);
  }

  @Test
  void clearsWhatAnEarlierRunLeft() throws IOException {
    Path stale = Files.createDirectories(house.data.resolve("plugins/stale"));
    Files.writeString(stale.resolve("old.jar"), "old");

    house.with("test.jar", answering("test", "1")).start();

    try (Stream<Path> left = Files.list(house.data.resolve("plugins"))) {
      assertThat(left).hasSize(2).doesNotContain(stale);
    }
  }

  @Test
  void letsGoOfTheJarWhenItCloses() throws IOException {
    Path jar = library("1").writeTo(folder.resolve("library.jar"));
    PluginClassLoader loader = PluginClassLoader.open("test@1", List.of(jar));
    InputStream open = loader.getResource("shared/Library.class").openStream();
    open.close();

    loader.close();

    assertThat(openFiles()).doesNotContain(jar.toRealPath().toString());
    assertThat(loader.getResource("shared/Nothing.class")).isNull();
  }

  private static List<String> openFiles() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
      return files.map(PluginClassLoaderTest::target).toList();
    }
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException e) {
      return "";
    }
  }

  private static Path jarOf(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new UncheckedIOException(new IOException(e));
    }
  }
}
