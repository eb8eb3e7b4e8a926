package io.drawbridge.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginJarTest {

  @TempDir Path folder;

  @Test
  void theNextVersionIsOnePatchHigher() {
    assertThat(Samples.greet().version("1.4.9-beta.1").nextVersion().version()).isEqualTo("1.4.10");
  }

  @Test
  void whatHasNoDescriptorIsNoPlugin() throws IOException {
    Files.createDirectories(folder.resolve("target/classes"));

    assertThatThrownBy(() -> PluginJar.ofProject(folder))
        .hasMessageContaining("holds no META-INF/drawbridge/plugin.json")
        .hasMessageContaining("src/main/resources");
  }

  @Test
  void aVersionThatNobodyFilledInIsToldWithItsRemedy() throws IOException {
    Samples.project(folder, Samples.GREET.replace("1.0.0", "${project.version}"));

    assertThatThrownBy(() -> PluginJar.ofProject(folder)).hasMessageContaining("mvn compile");
  }

  @Test
  void librariesArePackedAndTheirProvidersPutTogether() throws IOException {
    Samples.project(folder, Samples.GREET);
    Path libraries = Files.createDirectories(folder.resolve("target/lib"));
    library(libraries.resolve("a.jar"), "first");
    library(libraries.resolve("b.jar"), "second");

    Path jar = PluginJar.ofProject(folder).writeTo(folder);
    Map<String, byte[]> entries = JarEntries.ofJar(jar);

    assertThat(text(entries, "shared.txt")).isEqualTo("first");
    assertThat(text(entries, "META-INF/services/some.Service")).isEqualTo("first\nsecond");
    assertThat(entries).doesNotContainKey("META-INF/X.SF");
  }

  @Test
  void theSamePluginIsTheSameBytes() throws IOException {
    assertThat(Samples.greet().bytes()).isEqualTo(Samples.greet().bytes());
  }

  private static void library(Path jar, String content) throws IOException {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    Files.write(
        jar,
        JarEntries.pack(
            Map.of(
                "META-INF/services/some.Service",
                bytes,
                "shared.txt",
                bytes,
                "META-INF/X.SF",
                bytes)));
  }

  private static String text(Map<String, byte[]> entries, String name) {
    return new String(entries.get(name), StandardCharsets.UTF_8);
  }
}
