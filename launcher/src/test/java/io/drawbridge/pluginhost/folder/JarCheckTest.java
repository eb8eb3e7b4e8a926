package io.drawbridge.pluginhost.folder;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.pluginhost.contract.PluginException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JarCheckTest {

  private static final byte[] JAR = Zip.of(7, 5_000);

  @TempDir Path folder;

  private String problem(JarCheck check, byte[] bytes) throws Exception {
    Path jar = Files.write(folder.resolve("greet.jar"), bytes);
    PluginException problem = check.problem("greet.jar", List.of(jar));
    return problem == null ? "" : problem.getMessage();
  }

  @Test
  void aWholeJarIsFine() throws Exception {
    assertThat(problem(new JarCheck(1 << 20, 10), JAR)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 100, 2_500, 5_000, 5_050, 5_100})
  void aJarThatEndsAnywhereElseIsCutOff(int length) throws Exception {
    assertThat(problem(new JarCheck(1 << 20, 10), Arrays.copyOf(JAR, length)))
        .contains("greet.jar: is cut off or damaged");
  }

  @Test
  void oneByteThatIsNotAsItWasIsDamage() throws Exception {
    byte[] damaged = JAR.clone();
    damaged[2_500] ^= 1;

    assertThat(problem(new JarCheck(1 << 20, 10), damaged))
        .contains("greet.jar: is cut off or damaged");
  }

  @Test
  void boundsAreTheSettingsAndNamed() throws Exception {
    assertThat(problem(new JarCheck(4_000, 10), JAR)).contains("plugins.jarBytes");
    assertThat(problem(new JarCheck(1 << 20, 0), JAR)).contains("plugins.jarEntries");
    assertThat(problem(new JarCheck(10_000, 10), Zip.of("zeros", new byte[50_000])))
        .contains("greet.jar!zeros: unpacks to more than 10000 bytes");
  }
}
