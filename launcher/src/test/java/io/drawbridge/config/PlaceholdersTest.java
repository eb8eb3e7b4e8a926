package io.drawbridge.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlaceholdersTest {

  private static final Map<String, String> ENVIRONMENT =
      Map.of("DB_PASSWORD", "s3cret", "AUDIENCE", "shop", "PORT", "80");

  @TempDir Path directory;

  @BeforeEach
  void writeASecret() throws IOException {
    Files.writeString(directory.resolve("secret"), "from-file\n");
  }

  @Test
  void putsInTheEnvironmentAndFilesAlsoInsideALongerString() {
    Settings settings =
        read(
            """
            {"database": {"uri": "postgresql://app:${DB_PASSWORD}@db/x"},
             "auth": {"issuer": "${file:secret}", "audience": ["${AUDIENCE}", "b"]}}
            """);

    assertThat(settings.database().uri()).isEqualTo("postgresql://app:s3cret@db/x");
    assertThat(settings.auth().issuer()).isEqualTo("from-file");
    assertThat(settings.auth().audience()).containsExactly("shop", "b");
  }

  @Test
  void takesADoubleDollarForAPlainOne() {
    assertThat(read("{\"auth\": {\"issuer\": \"$${AUDIENCE}\"}}").auth().issuer())
        .isEqualTo("${AUDIENCE}");
  }

  @Test
  void neverFillsInTwice() throws IOException {
    Files.writeString(directory.resolve("secret"), "${DB_PASSWORD}");

    assertThat(read("{\"auth\": {\"issuer\": \"${file:secret}\"}}").auth().issuer())
        .isEqualTo("${DB_PASSWORD}");
  }

  @Test
  void namesWhatIsMissing() {
    assertThat(
            mistakes(
                """
                {"auth": {"issuer": "${DB_PASSWROD}", "cookie": "${file:secrets}",
                          "audience": ["${NOT SO}", "${AUDIENCE"]}}
                """))
        .containsExactly(
            "settings:/auth/issuer: the environment variable DB_PASSWROD is not set. Set it; or did"
                + " you mean ${DB_PASSWORD}?",
            "settings:/auth/cookie: the file secrets can't be read (there is no such file). Relative"
                + " paths start at "
                + directory,
            "settings:/auth/audience/0: ${NOT SO} is neither ${ENV_NAME} nor ${file:path}. Correct"
                + " it, or write $${ for a plain ${",
            "settings:/auth/audience/1: ${AUDIENCE has no closing }. Close it, or write $${ for a"
                + " plain ${");
  }

  @Test
  void givesNoNumbers() {
    assertThat(mistakes("{\"http\": {\"port\": \"${PORT}\"}}"))
        .containsExactly(
            "settings:/http/port: ${…} gives a string, and this key takes none. Give an integer from"
                + " 0 to 65535");
  }

  @Test
  void neverShowsWhatItPutIn() {
    assertThat(
            mistakes(
                "{\"http\": {\"host\": \"${DB_PASSWORD}/\"}, \"database\": {\"uri\": \"${DB_PASSWORD}\"}}"))
        .hasSize(2)
        .noneMatch(line -> line.contains("s3cret"));
  }

  @Test
  void takesNoHugeFile() throws IOException {
    Files.writeString(directory.resolve("secret"), "x".repeat(70_000));

    assertThat(mistakes("{\"auth\": {\"issuer\": \"${file:secret}\"}}"))
        .singleElement()
        .asString()
        .contains("is larger than 64 KiB");
  }

  private Settings read(String json) {
    return SettingsReader.read(json, directory, ENVIRONMENT);
  }

  private List<String> mistakes(String json) {
    return Mistakes.in(json, directory, ENVIRONMENT);
  }
}
