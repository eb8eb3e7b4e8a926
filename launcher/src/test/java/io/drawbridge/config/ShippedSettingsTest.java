package io.drawbridge.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ShippedSettingsTest {

  private static final Path CONF = Path.of(System.getProperty("drawbridge.root"), "conf");

  @Test
  void theShippedFolderHasNoMistakes() {
    assertThat(SettingsCheck.of(CONF, Map.of(), settings -> Map.of()).mistakes()).isEmpty();
  }

  /** Editors see the file in the folder, the server believes the one in its jar. */
  @Test
  void theSchemaBesideTheSettingsIsTheServersOwn() throws IOException {
    Path beside = CONF.resolve("schema/drawbridge.schema.json");

    assertThat(SettingsSchema.drawbridge())
        .isEqualTo(StrictJson.read(Files.readAllBytes(beside), beside.toString()));
  }

  @Test
  void ourOwnSchemasAreSchemas() throws IOException {
    for (Path file : files("schema")) {
      assertThat(
              Mistakes.of(
                  () ->
                      SchemaCheck.of(
                          StrictJson.read(Files.readAllBytes(file), "schema"), "schema")))
          .as(file.toString())
          .isEmpty();
    }
  }

  @Test
  void everyBodySchemaIsNamedByARule() throws IOException {
    List<Path> named =
        SettingsReader.read(CONF, Map.of()).permissions().stream()
            .map(PermissionRule::schema)
            .toList();

    assertThat(named).containsAll(files("schemas"));
  }

  private static List<Path> files(String folder) throws IOException {
    try (Stream<Path> files = Files.list(CONF.resolve(folder))) {
      return files.toList();
    }
  }
}
