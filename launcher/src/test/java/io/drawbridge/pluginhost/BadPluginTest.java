package io.drawbridge.pluginhost;

import static io.drawbridge.pluginhost.PluginJar.descriptor;
import static io.drawbridge.pluginhost.PluginJar.plugin;
import static io.drawbridge.pluginhost.PluginJar.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A plugin that does not start says why in one line, and the others run. */
class BadPluginTest {

  private static final String OPEN =
      """
      @Override protected Future<?> open(PluginContext context) {
        context.handle("%s", (body, caller) -> reply("ok"));
        return Future.succeededFuture();
      }
      """;

  @TempDir Path folder;
  private PluginHostFixture house;

  @BeforeEach
  void furnish() throws IOException {
    house = new PluginHostFixture(folder);
    house.with("good.jar", good("good"));
  }

  @AfterEach
  void clear() {
    house.close();
  }

  private static PluginJar good(String id) {
    return plugin(id, request(id + ".ask"), OPEN.formatted(id + ".ask"));
  }

  private void theOthersRun() {
    house.assertRunning("good");
    assertThat(house.ask("good.ask", new JsonObject()))
        .isEqualTo(new JsonObject().put("value", "ok"));
  }

  private String errorOf(String id) {
    String error = house.errorOf(id);
    theOthersRun();
    return error;
  }

  @Test
  void tellsAFileThatIsNoJar() throws IOException {
    Files.writeString(house.plugins.resolve("bad.jar"), "this is not a zip file");

    house.start();

    assertThat(errorOf("bad.jar")).startsWith("bad.jar: is no jar:").endsWith("Build it anew");
  }

  @Test
  void tellsAJarWithoutADescriptor() {
    house.with("bad.jar", new PluginJar().entry("readme.txt", "nothing")).start();

    assertThat(errorOf("bad.jar"))
        .isEqualTo(
            "bad.jar: holds no META-INF/drawbridge/plugin.json."
                + " Add it, or move what is no plugin elsewhere");
  }

  @Test
  void tellsAFolderWithTwoDescriptors() throws IOException {
    Path two = Files.createDirectory(house.plugins.resolve("two"));
    good("one").writeTo(two.resolve("one.jar"));
    good("other").writeTo(two.resolve("other.jar"));

    house.start();

    assertThat(errorOf("two")).contains("twice");
  }

  @Test
  void tellsAFolderWithoutJars() throws IOException {
    Files.createDirectory(house.plugins.resolve("empty"));

    house.start();

    assertThat(errorOf("empty")).startsWith("empty: holds no jar");
  }

  static Stream<Arguments> descriptors() {
    String ask = request("bad.ask");
    return Stream.of(
        arguments("", "plugin.json: "),
        arguments("[]", "object"),
        arguments("{\"id\": \"bad\",, \"api\": \"^1.0\"}", "a comma with nothing before it"),
        arguments("{\"id\": \"bad\", \"id\": \"worse\"}", "id"),
        arguments("{\"id\": \"bad\", // a comment\n}", "line 1"),
        arguments(descriptor("bad", ask, "\"verticel\": 1"), ":/verticel: unknown key"),
        arguments(descriptor("bad", ask, "\"instances\": 0"), ":/instances: 0 is too small"),
        arguments(descriptor("bad", ask, "\"instances\": \"two\""), ":/instances: "),
        arguments(descriptor("bad", ask, "\"threading\": \"fast\""), ":/threading: \"fast\""),
        arguments(descriptor("bad", ask, "\"needs\": [\"money\"]"), ":/needs/0: "),
        arguments(descriptor("bad", "", ""), ":/addresses: "),
        arguments(
            descriptor("bad", ask + "," + ask, ""),
            ":/addresses/1/address: bad.ask is listed twice"),
        arguments(
            descriptor("bad", request("__vertx.x"), ""),
            ":/addresses/0/address: __vertx.x is reserved"),
        arguments(
            descriptor("bad", request("eb.x"), ""), ":/addresses/0/address: eb.x is reserved"),
        arguments(descriptor("bad", request("bad..x"), ""), ":/addresses/0/address: "),
        arguments(
            descriptor("bad", request("bad.{x}"), ""),
            ":/addresses/0/address: bad.{x} is a pattern"),
        arguments(
            descriptor("bad", ask.replace("request", "broadcast").replace("bad.ask", "a.x{y}"), ""),
            ":/addresses/0/address: a.x{y} mixes text and wildcard"),
        arguments(
            descriptor("bad", ask.replace("\"request\"", "\"queue\""), ""), ":/addresses/0/kind: "),
        arguments(
            descriptor(
                "bad",
                ask.replace("}", ", \"authority\": \"x\"}").replace("\"request\"", "\"broadcast\""),
                ""),
            ":/addresses/0/authority: "),
        arguments(
            descriptor("bad", ask.replace("}", ", \"request\": {\"type\": \"thing\"}}"), ""),
            ":/addresses/0/request:/type: \"thing\" is unknown here. "),
        arguments(
            descriptor("bad", ask.replace("}", ", \"request\": {\"type\": \"strin\"}}"), ""),
            "Did you mean \"string\"?"),
        arguments(
            descriptor(
                "bad",
                ask.replace("}", ", \"request\": {\"$ref\": \"http://127.0.0.1:1/x\"}}"),
                ""),
            ":/addresses/0/request"),
        arguments(
            descriptor(
                "bad",
                ask.replace(
                    "}", ", \"request\": {\"properties\": {\"x\": {\"pattern\": \"(?=a)b\"}}}}"),
                ""),
            "can't be matched in linear time"),
        arguments(descriptor("bad", ask, "\"settings\": {\"type\": 7}"), "/settings"),
        arguments(
            descriptor("bad", ask, "").replace("1.0.0", "1.0"),
            ":/version: \"1.0\" doesn't fit. Write it like \"1.4.0\" or \"2.0.0-beta.1\""),
        arguments(
            descriptor("bad", ask, "").replace("1.0.0", "${project.version}"),
            ":/version: \"${project.version}\" was not filled in"),
        arguments(descriptor("bad", ask, "").replace("\"bad\"", "\"Bad Id\""), ":/id: "),
        arguments(
            descriptor("bad", ask, "").replace("^1.0", "^2.0"), ":/api: asks for plugin API ^2.0"),
        arguments(
            descriptor("bad", ask, "").replace("^1.0", "^1.7"), ":/api: asks for plugin API ^1.7"),
        arguments(descriptor("bad", ask, "").replace("^1.0", "1"), ":/api: "),
        arguments(
            descriptor("bad", ask, "").replace("bad.TestVerticle", "bad.Nobody"),
            ":/verticle: bad.Nobody is not in the jar"),
        arguments(
            descriptor("bad", ask, "").replace("bad.TestVerticle", "bad.Plain"),
            ":/verticle: bad.Plain is no HandlerVerticle"),
        arguments(
            descriptor("bad", ask, "").replace("bad.TestVerticle", "bad.Picky"),
            ":/verticle: bad.Picky has no public constructor without parameters"),
        arguments(
            descriptor("bad", ask, "")
                .replace("bad.TestVerticle", "io.drawbridge.pluginhost.PluginHost"),
            ":/verticle: io.drawbridge.pluginhost.PluginHost is not in the jar"));
  }

  @ParameterizedTest
  @MethodSource("descriptors")
  void tellsWhatIsWrongWithADescriptorAndWhere(String json, String expected) {
    house
        .with(
            "bad.jar",
            new PluginJar()
                .descriptor(json)
                .verticle("bad", OPEN.formatted("bad.ask"))
                .source("bad.Plain", "package bad; public class Plain {}")
                .source(
                    "bad.Picky",
                    "package bad; public class Picky extends TestVerticle { Picky(int x) {} }"))
        .start();

    String id =
        expected.contains("bad.") && expected.contains("/verticle")
                || expected.contains("PluginHost")
            ? "bad"
            : "bad.jar";
    assertThat(errorOf(id))
        .startsWith("bad.jar!META-INF/drawbridge/plugin.json")
        .contains(expected)
        .doesNotContain("\n");
  }

  @Test
  void letsTheFirstByNameKeepAnId() {
    house.with("greet-1.jar", good("greet"));
    house.with("greet-2.jar", good("greet").entry("more.txt", "so that it isn't the same jar"));

    house.start();

    house.assertRunning("greet");
    assertThat(errorOf("greet-2.jar")).contains(":/id: greet is taken by greet-1.jar");
  }

  @Test
  void tellsACopyOfAnotherPlugin() throws IOException {
    Files.copy(house.plugins.resolve("good.jar"), house.plugins.resolve("good2.jar"));

    house.start();

    assertThat(errorOf("good2.jar")).contains("holds the very same as good.jar");
  }

  @Test
  void letsTheFirstByNameKeepAnAddress() {
    house
        .with("thief.jar", plugin("thief", request("good.ask"), OPEN.formatted("good.ask")))
        .start();

    assertThat(errorOf("thief")).contains("good.ask is served by plugin good");
  }

  static Stream<Arguments> openings() {
    return Stream.of(
        arguments(
            "public TestVerticle() { throw new IllegalStateException(\"no luck\"); }", "no luck"),
        arguments("static { if (true) throw new IllegalStateException(\"no luck\"); }", "Error"),
        arguments(
            "{ Object x = new java.util.ArrayList<String>(-1); }", "IllegalArgumentException"));
  }

  @ParameterizedTest
  @MethodSource("openings")
  void tellsWhatAConstructorThrows(String constructor, String expected) {
    house
        .with("bad.jar", plugin("bad", request("bad.ask"), constructor + OPEN.formatted("bad.ask")))
        .start();

    assertThat(errorOf("bad"))
        .startsWith("bad.TestVerticle: its constructor failed with")
        .contains(expected);
  }

  static Stream<Arguments> opens() {
    return Stream.of(
        arguments(
            "throw new IllegalStateException(\"no\\nluck\");",
            "open failed with IllegalStateException: no luck"),
        arguments(
            "throw new StackOverflowError();", "open failed with java.lang.StackOverflowError"),
        arguments("return Future.failedFuture(\"no luck\");", "open failed with"),
        arguments("return null;", "open returned null"),
        arguments(
            "return Future.succeededFuture();",
            "/addresses: lists bad.ask, and open gave no handler"),
        arguments(
            "context.handle(\"bad.more\", null); return null;",
            "open failed with NullPointerException"),
        arguments(
            "context.handle(\"bad.more\", (b, c) -> reply(1)); return null;",
            "bad.more is no address of kind request or event"),
        arguments(
            "for (int i = 0; i < 2; i++) context.handle(\"bad.ask\", (b, c) -> reply(1)); return null;",
            "bad.ask has a handler already"),
        arguments("context.pool(); return null;", "has no database"));
  }

  @ParameterizedTest
  @MethodSource("opens")
  void tellsWhatGoesWrongInOpen(String body, String expected) {
    String open = "@Override protected Future<?> open(PluginContext context) { " + body + " }";
    house.with("bad.jar", plugin("bad", request("bad.ask"), open)).start();

    assertThat(errorOf("bad")).contains(expected);
  }

  @Test
  void givesUpOnAPluginWhoseOpenNeverEnds() {
    house.startSeconds = 1;
    String open =
        """
        @Override protected Future<?> open(PluginContext context) {
          context.handle("bad.ask", (body, caller) -> reply("ok"));
          return Promise.promise().future();
        }
        @Override protected Future<?> close() {
          System.setProperty("bad.closed", "yes");
          return Future.succeededFuture();
        }
        """;
    house.with("bad.jar", plugin("bad", request("bad.ask"), open)).start();

    assertThat(errorOf("bad"))
        .startsWith("bad.TestVerticle: open did not end within 1 s")
        .contains("plugins.startSeconds");
    PluginHostFixture.until(() -> "yes".equals(System.getProperty("bad.closed")));
    System.clearProperty("bad.closed");
  }

  @Test
  void givesUpOnAPluginThatBlocksItsThreadInOpen() {
    house.startSeconds = 1;
    String open =
        """
        @Override protected Future<?> open(PluginContext context) throws RuntimeException {
          try {
            new CountDownLatch(1).await(5, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return Future.succeededFuture();
        }
        """;
    house
        .with(
            "bad.jar",
            new PluginJar()
                .descriptor(descriptor("bad", request("bad.ask"), "\"threading\": \"worker\""))
                .verticle("bad", open))
        .start();

    assertThat(errorOf("bad")).contains("open did not end within 1 s");
  }

  @Test
  @EnabledForJreRange(max = JRE.JAVA_20)
  void saysThatVirtualThreadsNeedALaterJava() {
    house
        .with(
            "bad.jar",
            good("bad")
                .descriptor(
                    descriptor("bad", request("bad.ask"), "\"threading\": \"virtual-thread\"")))
        .start();

    assertThat(errorOf("bad.jar"))
        .contains(":/threading: asks for virtual threads, and this server runs on Java 17")
        .endsWith("Run the server on Java 21 or later, or use worker");
  }

  @Test
  void saysThatTheDatabaseCantBeHad() {
    house
        .with(
            "bad.jar",
            good("bad")
                .descriptor(descriptor("bad", request("bad.ask"), "\"needs\": [\"database\"]")))
        .start();

    assertThat(errorOf("bad")).contains("this test has no database");
  }

  @Test
  void checksSettingsByThePluginsOwnSchema() throws IOException {
    String schema =
        "\"settings\": {\"type\": \"object\", \"properties\": {\"rooms\": {\"type\": \"integer\"}}}";
    house.settings("bad", "{\"room\": 3}").settings("none", "{\"any\": 1}");
    house.with("bad.jar", good("bad").descriptor(descriptor("bad", request("bad.ask"), schema)));
    house.with("none.jar", good("none"));

    house.start();

    assertThat(errorOf("bad"))
        .contains("plugins/bad.json:/room: unknown key")
        .contains("\"rooms\"");
    assertThat(errorOf("none")).contains("plugins/none.json:/any: unknown key");
  }

  @Test
  void refusesALinkThatLeadsOutOfTheFolder() throws IOException {
    Path outside = good("bad").writeTo(folder.resolve("outside.jar"));
    Files.createSymbolicLink(house.plugins.resolve("bad.jar"), outside);
    Files.createSymbolicLink(house.plugins.resolve("badfolder"), folder);

    house.start();

    assertThat(errorOf("bad.jar")).contains("is a link out of the plugins folder");
    assertThat(errorOf("badfolder")).contains("is a link out of the plugins folder");
  }

  @Test
  void refusesWhatIsTooLarge() {
    house.jarBytes = 40_000;
    house.jarEntries = 20;
    house.with("bytes.jar", good("bytes").entry("x", noise(60_000)));
    house.with("unpacked.jar", good("unpacked").entry("x", new byte[60_000]));
    PluginJar many = good("many");
    for (int i = 0; i < 20; i++) {
      many.entry("entry" + i, "");
    }
    house.with("many.jar", many);

    house.start();

    assertThat(errorOf("bytes.jar")).startsWith("bytes.jar: is larger than 40000 bytes");
    assertThat(errorOf("unpacked.jar")).startsWith("unpacked.jar!x: unpacks to more than 40000");
    assertThat(errorOf("many.jar")).startsWith("many.jar: holds more than 20 files");
  }

  private static byte[] noise(int size) {
    byte[] bytes = new byte[size];
    new java.util.Random(1).nextBytes(bytes);
    return bytes;
  }
}
