package io.drawbridge.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Keeps {@code docs/settings.md} and the schemas from drifting apart. */
class SettingsPageTest {

  private static final Path ROOT = Path.of(System.getProperty("drawbridge.root"));
  private static final Path PAGE = ROOT.resolve("docs/settings.md");
  private static final String REGENERATE =
      "mvn -q -Dquick -pl launcher -am test -Dtest=SettingsPageTest"
          + " -Dsurefire.failIfNoSpecifiedTests=false -Dsettings.write=true";

  @Test
  void thePageSaysWhatTheSchemasSay() throws IOException {
    String generated = generate();
    if (Boolean.getBoolean("settings.write")) {
      Files.writeString(PAGE, generated);
    }

    assertThat(Files.readString(PAGE))
        .as("docs/settings.md is generated; write it anew: %s", REGENERATE)
        .isEqualTo(generated);
  }

  @Test
  void everyKeyIsDescribed() {
    assertDescribed("", SettingsSchema.drawbridge());
  }

  private static void assertDescribed(String place, JsonNode schema) {
    for (var property : schema.path("properties").properties()) {
      String key = place + "/" + property.getKey();
      assertThat(property.getValue().path("description").asText())
          .as(key)
          .matches("(?s)[A-Z`].*\\.");
      assertDescribed(key, property.getValue());
      assertDescribed(key + "/-", property.getValue().path("items"));
    }
  }

  private static String generate() throws IOException {
    try (var frame = SettingsPageTest.class.getResourceAsStream("settings-page.md")) {
      return SettingsPage.of(
          new String(frame.readAllBytes(), StandardCharsets.UTF_8),
          schema("drawbridge"),
          schema("users"),
          Files.readString(ROOT.resolve("conf/drawbridge.json")));
    }
  }

  private static ObjectNode schema(String name) throws IOException {
    Path file = ROOT.resolve("conf/schema/" + name + ".schema.json");
    return StrictJson.read(Files.readAllBytes(file), file.toString());
  }
}
