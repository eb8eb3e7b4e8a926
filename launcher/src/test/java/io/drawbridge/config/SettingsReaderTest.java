package io.drawbridge.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsReaderTest {

  private static final Path SHIPPED = Path.of(System.getProperty("drawbridge.root"), "conf");

  @TempDir Path directory;

  @Test
  void readsTheShippedSettings() {
    Settings settings = SettingsReader.read(SHIPPED, Map.of());

    assertThat(settings.http().host()).isEqualTo("127.0.0.1");
    assertThat(settings.http().port()).isEqualTo(8080);
    assertThat(settings.permissions())
        .extracting(PermissionRule::address)
        .contains("chat.post", "chat.room.{room}");
    assertThat(settings.permissions().get(0).send()).isEqualTo(Set.of("chat:write"));
    assertThat(settings.permissions().get(0).schema())
        .isEqualTo(SHIPPED.resolve("schemas/chat-post.json"));
  }

  @Test
  void namesEveryMistakeAtOnce() {
    assertThat(
            mistakes(
                """
                {
                  "http": {"prot": 80, "port": 80000, "trustedProxies": ["10.0.0.0"]},
                  "auth": {"leewaySeconds": "5", "cookie": "${SESSION_COOKIE}"},
                  "permissions": [{"address": "a..b"}, {"addres": "b", "retain": {}}, {"address": "c.*"}],
                  "cluster": {}
                }
                """))
        .containsExactlyInAnyOrder(
            "settings:/auth/cookie: the environment variable SESSION_COOKIE is not set. Set it"
                + " where the server is started",
            "settings:/http/prot: unknown key. Did you mean \"port\"?",
            "settings:/http/port: 80000 is too large. Give an integer from 0 to 65535",
            "settings:/http/trustedProxies/0: \"10.0.0.0\" has no length. Write 10.0.0.0/32 for this"
                + " one address",
            "settings:/auth/leewaySeconds: \"5\" is a string. Give an integer from 0 to 60",
            "settings:/permissions/0/address: an empty part. Look for two dots, or a dot at an end",
            "settings:/permissions/1/addres: unknown key. Did you mean \"address\"?",
            "settings:/permissions/1/retain: retain is not available in this version. Remove it",
            "settings:/permissions/2/address: * is no wildcard. Write {x} for one part, ** for one or"
                + " more",
            "settings:/cluster: cluster is not available in this version. Remove it");
  }

  private List<String> mistakes(String json) {
    var refused =
        catchThrowableOfType(
            ConfigException.class, () -> SettingsReader.read(json, directory, Map.of("HOME", "/")));
    return refused.mistakes().stream().map(Mistake::toString).toList();
  }
}
