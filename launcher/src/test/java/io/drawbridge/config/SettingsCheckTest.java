package io.drawbridge.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole folder at once, as {@code ./run check} sees it. */
class SettingsCheckTest {

  private static final SchemaCheck CHAT =
      SchemaCheck.of(
          new JsonObject(
              "{\"properties\": {\"history\": {\"type\": \"integer\", \"default\": 50},"
                  + " \"secret\": {\"type\": \"string\"}}}"),
          "chat");

  @TempDir Path conf;

  @BeforeEach
  void makeTheFolder() throws IOException {
    Files.createDirectory(conf.resolve("plugins"));
    Files.writeString(conf.resolve("drawbridge.json"), "{}");
    Files.writeString(conf.resolve("users.json"), "{\"users\": []}");
  }

  @Test
  void findsNothingInAGoodFolder() throws IOException {
    Files.writeString(conf.resolve("plugins/chat.json"), "{\"history\": 10}");

    SettingsCheck check = check();

    assertThat(check.mistakes()).isEmpty();
    assertThat(check.warnings()).isEmpty();
    assertThat(check.settings()).isNotNull();
  }

  @Test
  void findsTheMistakesOfAllFiles() throws IOException {
    Files.writeString(conf.resolve("drawbridge.json"), "{\"htttp\": {}}");
    Files.writeString(
        conf.resolve("plugins/chat.json"), "{\"histroy\": 10, \"secret\": \"${NOPE}\"}");
    Files.writeString(conf.resolve("plugins/unknown.json"), "{\"a\": 1,}");

    assertThat(Mistakes.lines(check().mistakes()))
        .containsExactly(
            conf.resolve("drawbridge.json") + ":/htttp: unknown key. Did you mean \"http\"?",
            conf.resolve("plugins/chat.json")
                + ":/secret: the environment variable NOPE is not set. Set it where the server is"
                + " started",
            conf.resolve("plugins/chat.json") + ":/histroy: unknown key. Did you mean \"history\"?",
            conf.resolve("plugins/unknown.json")
                + ":/a: line 1, column 9: a comma with nothing after it. Remove the comma before }");
  }

  @Test
  void saysThatTheFolderIsNotThere() {
    assertThat(
            Mistakes.lines(
                SettingsCheck.of(conf.resolve("nowhere"), Map.of(), settings -> Map.of())
                    .mistakes()))
        .containsExactly(
            conf.resolve("nowhere/drawbridge.json")
                + ": can't be read (there is no such file). Make it readable, or name another folder"
                + " with --conf");
  }

  @Test
  void asksTheRoomsThatTakeTheSettingsInEarnest() {
    var complaint = new Mistake("users.json", "/users/0", "is nobody", "Name somebody");

    SettingsCheck check =
        check()
            .and(
                settings -> {
                  throw new ConfigException(List.of(complaint));
                });

    assertThat(check.mistakes()).containsExactly(complaint);
  }

  @Test
  void readsThePluginsSettingsWithDefaultsAndWithoutTheEditorsKey() throws IOException {
    Files.writeString(
        conf.resolve("plugins/chat.json"), "{\"$schema\": \"x\", \"secret\": \"${WORD}\"}");

    var reader = new PluginSettingsReader(conf, Map.of("WORD", "open"));

    assertThat(reader.read("chat")).isEqualTo(new JsonObject().put("secret", "open"));
    assertThat(reader.read("chat", CHAT))
        .isEqualTo(new JsonObject().put("secret", "open").put("history", 50));
    assertThat(reader.read("absent")).isEqualTo(new JsonObject());
    assertThat(reader.read("absent", CHAT)).isEqualTo(new JsonObject().put("history", 50));
  }

  private SettingsCheck check() {
    return SettingsCheck.of(conf, Map.of(), settings -> Map.of("chat", CHAT));
  }
}
