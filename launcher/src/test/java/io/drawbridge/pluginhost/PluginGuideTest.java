package io.drawbridge.pluginhost;

import static io.drawbridge.pluginhost.PluginHostFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.plugin.PluginContext;
import io.drawbridge.pluginhost.contract.DescriptorReader;
import io.drawbridge.pluginhost.contract.PluginDescriptor;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether {@code docs/plugins.md} says what is so: its examples run, its reference is complete. */
class PluginGuideTest {

  private static final Path GUIDE =
      Path.of(System.getProperty("drawbridge.root", ".."), "docs", "plugins.md");

  @TempDir Path folder;

  @Test
  void itsPluginRunsAsItStands() throws IOException {
    PluginJar jar = new PluginJar().descriptor(blocks("json").get(0));
    for (String source : blocks("java")) {
      jar.source(first("package ([a-z.]+);", source) + "." + first("class (\\w+)", source), source);
    }
    try (var house = new PluginHostFixture(folder)) {
      house.with("greet-1.0.0.jar", jar).start();

      house.assertRunning("greet");
      assertThat(await(house.askAs("s-1", "greet.hello", new JsonObject())))
          .isEqualTo(new JsonObject().put("text", "Hello, alice"));
      assertThat(house.maySend("greet.hello", "greet:use")).isTrue();
      assertThat(house.maySend("greet.hello", "chat:read")).isFalse();
    }
  }

  @Test
  void itsOtherDescriptorsAreOnesToo() throws IOException {
    for (String json : blocks("json")) {
      JsonObject part = new JsonObject(json);
      JsonObject whole = new JsonObject(blocks("json").get(0));
      if (part.containsKey("kind")) {
        whole.getJsonArray("addresses").add(part);
      } else {
        whole.mergeIn(part);
      }

      var read = DescriptorReader.read("guide", whole.encode().getBytes(StandardCharsets.UTF_8));

      assertThat(read.id()).isEqualTo("greet");
    }
  }

  @Test
  void itNamesEveryKeyOfADescriptor() throws IOException {
    JsonObject schema = schema();
    Set<String> keys = new TreeSet<>(schema.getJsonObject("properties").fieldNames());
    keys.addAll(
        schema
            .getJsonObject("$defs")
            .getJsonObject("address")
            .getJsonObject("properties")
            .fieldNames());

    assertThat(keys).allSatisfy(key -> assertThat(guide()).contains("| `" + key + "` | "));
  }

  @Test
  void itNamesEveryMethodOfTheContext() throws IOException {
    String guide = guide();

    assertThat(Arrays.stream(PluginContext.class.getDeclaredMethods()).map(m -> m.getName()))
        .filteredOn(name -> !name.equals("pluginId"))
        .allSatisfy(name -> assertThat(guide).containsPattern("\\." + name + "\\(|`" + name + "`"));
  }

  private static JsonObject schema() throws IOException {
    try (var in = PluginDescriptor.class.getResourceAsStream("plugin.schema.json")) {
      return new JsonObject(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  private static String guide() throws IOException {
    return Files.readString(GUIDE);
  }

  /** The fenced blocks of a language, in their order. */
  private static List<String> blocks(String language) throws IOException {
    return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
        .matcher(guide())
        .results()
        .map(match -> match.group(1))
        .toList();
  }

  private static String first(String pattern, String text) {
    MatchResult found = Pattern.compile(pattern).matcher(text).results().findFirst().orElseThrow();
    return found.group(1);
  }
}
