package io.drawbridge.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.drawbridge.permission.LivePermissions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  @Test
  void wantsIssuerAndAudienceOfAnExternalIssuer() {
    assertThat(mistakes("{\"auth\": {\"jwks\": \"https://i.example/certs\"}}"))
        .containsExactly(
            "settings:/auth/issuer: is missing, and jwks or keys name an external issuer. Say whose"
                + " tokens count: what their iss must be",
            "settings:/auth/audience: is empty, and jwks or keys name an external issuer. Say for"
                + " whom tokens must be meant: what their aud must hold");
  }

  @Test
  void wantsAKeysAlgorithmAmongThoseThatCount() throws IOException {
    Files.writeString(directory.resolve("k.pem"), "-");

    assertThat(
            mistakes(
                """
                {"auth": {"keys": [{"file": "k.pem", "algorithm": "HS256"}], "issuer": "i",
                          "audience": ["a"]}}
                """))
        .containsExactly(
            "settings:/auth/keys/0/algorithm: HS256 is not among auth.algorithms. Add it there, so"
                + " that tokens signed with it count");
  }

  @Test
  void takesNoAlgorithmNone() {
    assertThat(mistakes("{\"auth\": {\"algorithms\": [\"none\"]}}"))
        .singleElement()
        .asString()
        .startsWith("settings:/auth/algorithms/0: \"none\" is unknown here. Give one of \"RS256\"");
  }

  @Test
  void complainsOnceOfTwoRulesForTheSameAddresses() {
    assertThat(
            mistakes(
                """
                {"permissions": [{"address": "chat.{room}"}, {"address": "chat.{sub}"},
                                 {"address": "chat.{x}"}, {"address": "chat.**"}]}
                """))
        .containsExactly(
            "settings:/permissions/2/address: matches just what /permissions/0 matches. Make one rule"
                + " of the two");
  }

  @Test
  void findsLimitsThatContradictEachOther() {
    assertThat(
            mistakes(
                """
                {"limits": {"frameBytes": 65536, "queueBytes": 8192, "tokenBytes": 40000},
                 "bridge": {"replyTimeoutMillis": 5000, "maxReplyTimeoutMillis": 4000}}
                """))
        .containsExactlyInAnyOrder(
            "settings:/limits/queueBytes: 8192 is less than frameBytes, 65536. Leave room for one"
                + " frame at least",
            "settings:/limits/requestHeadBytes: 32768 leaves no room for a token of 40000 bytes. Give"
                + " more than tokenBytes",
            "settings:/bridge/maxReplyTimeoutMillis: 4000 is less than replyTimeoutMillis, 5000. Give"
                + " at least as much");
  }

  /** A wrong value shows as itself, not as what would follow from it. */
  @Test
  void reportsNoConsequences() {
    assertThat(
            mistakes(
                """
                {"auth": {"jwks": "https://i.example/certs", "isuer": "i", "audiense": ["a"]},
                 "limits": {"frameBytes": "64k", "queueBytes": 8192}}
                """))
        .containsExactlyInAnyOrder(
            "settings:/auth/isuer: unknown key. Did you mean \"issuer\"?",
            "settings:/auth/audiense: unknown key. Did you mean \"audience\"?",
            "settings:/limits/frameBytes: \"64k\" is a string. Give an integer from 1024 to 16777216");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"cluster": {"enabled": false}}                            | /cluster
          {"stream": {"keySeconds": 60}}                             | /stream
          {"limits": {"replayBytes": 1}}                             | /limits/replayBytes
          {"permissions": [{"address": "a", "retain": {}}]}          | /permissions/0/retain
          {"permissions": [{"address": "a", "presence": true}]}      | /permissions/0/presence
          {"permissions": [{"address": "a", "slow": "latest"}]}      | /permissions/0/slow
          """)
  void refusesWhatComesLater(String json, String pointer) {
    String key = pointer.substring(pointer.lastIndexOf('/') + 1);

    assertThat(mistakes(json))
        .containsExactly(
            "settings:" + pointer + ": " + key + " is not available in this version. Remove it");
  }

  @Test
  void listsAllMistakesInTheMessage() {
    var refused =
        catchThrowableOfType(
            ConfigException.class,
            () -> SettingsReader.read("{\"a\": 1, \"b\": 2}", directory, Map.of()));

    assertThat(refused)
        .hasMessageStartingWith(
            "2 mistakes in the settings:\n  settings:/a: unknown key. Known here:");
  }

  @Test
  void everyPatternThatPassesIsOneThatPermissionsTake() {
    List<PermissionRule> rules =
        Stream.of(
                "a.b",
                "a.{x}",
                "a.{sub}",
                "a.{claim:t}",
                "a.{claim:https://t.example/x}",
                "**",
                "a.**.b",
                "{x}.**")
            .map(
                address -> new PermissionRule(address, Set.of("x"), Set.of(), Set.of(), null, null))
            .toList();

    assertThatCode(() -> new LivePermissions(rules)).doesNotThrowAnyException();
  }

  private List<String> mistakes(String json) {
    var refused =
        catchThrowableOfType(
            ConfigException.class, () -> SettingsReader.read(json, directory, Map.of("HOME", "/")));
    return refused.mistakes().stream().map(Mistake::toString).toList();
  }
}
