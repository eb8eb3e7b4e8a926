package io.drawbridge.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every key arrives in its component, and a silent file yields the documented defaults. */
class SettingsMappingTest {

  private static final Path CONF = Path.of("/etc/drawbridge");

  @TempDir Path directory;

  @BeforeEach
  void writeTheFilesThatAreNamed() throws IOException {
    Files.writeString(directory.resolve("people.json"), "{}");
    Files.writeString(directory.resolve("issuer.pem"), "-");
    Files.writeString(directory.resolve("body.json"), "{\"type\": \"object\"}");
  }

  @Test
  void mapsHttp() {
    assertThat(Settings.defaults(CONF).http())
        .isEqualTo(new HttpConfig("127.0.0.1", 8080, List.of(), List.of(), null));
    assertThat(
            read(
                    "http",
                    """
                    {"host": "0.0.0.0", "port": 1, "origins": ["https://a.example"],
                     "trustedProxies": ["10.0.0.0/8"], "tls": null}
                    """)
                .http())
        .isEqualTo(
            new HttpConfig(
                "0.0.0.0", 1, List.of("https://a.example"), List.of("10.0.0.0/8"), null));
  }

  @Test
  void mapsAuth() {
    assertThat(Settings.defaults(CONF).auth())
        .isEqualTo(
            new AuthConfig(
                null,
                List.of(),
                List.of("RS256", "ES256"),
                null,
                List.of(),
                "permissions",
                List.of(),
                5,
                3600,
                null,
                false,
                new AuthConfig.Login(CONF.resolve("users.json"), 3600, 30, 10, 64)));
    assertThat(
            read(
                    "auth",
                    """
                    {"jwks": "https://i.example/certs", "keys": [{"file": "issuer.pem", "algorithm": "PS512"}],
                     "algorithms": ["PS512"], "issuer": "https://i.example", "audience": ["a", "b"],
                     "authorities": "realm_access.roles", "claims": ["tenant"], "leewaySeconds": 60,
                     "jwksRefreshSeconds": 11, "cookie": "sid", "queryToken": true,
                     "login": {"users": "people.json", "tokenSeconds": 31, "perMinuteAddress": 2,
                               "perMinuteUser": 3, "waiting": 4}}
                    """)
                .auth())
        .isEqualTo(
            new AuthConfig(
                URI.create("https://i.example/certs"),
                List.of(new AuthConfig.KeyFile(directory.resolve("issuer.pem"), "PS512")),
                List.of("PS512"),
                "https://i.example",
                List.of("a", "b"),
                "realm_access.roles",
                List.of("tenant"),
                60,
                11,
                "sid",
                true,
                new AuthConfig.Login(directory.resolve("people.json"), 31, 2, 3, 4)));
  }

  @Test
  void mapsPermissions() {
    assertThat(Settings.defaults(CONF).permissions()).isEmpty();
    assertThat(
            read(
                    "permissions",
                    """
                    [{"address": "a.{x}", "register": "r", "send": ["s", "t"], "publish": "signed-in",
                      "schema": "body.json", "rate": {"perSecond": 0.5, "burst": 2}},
                     {"address": "b"}, {"address": "c", "send": "anyone", "rate": {"perSecond": 1}}]
                    """)
                .permissions())
        .containsExactly(
            new PermissionRule(
                "a.{x}",
                Set.of("r"),
                Set.of("s", "t"),
                Set.of("signed-in"),
                directory.resolve("body.json"),
                new PermissionRule.Rate(0.5, 2)),
            new PermissionRule("b", Set.of(), Set.of(), Set.of(), null, null),
            new PermissionRule(
                "c", Set.of(), Set.of("anyone"), Set.of(), null, new PermissionRule.Rate(1, 20)));
  }

  @Test
  void mapsBridge() {
    assertThat(BridgeConfig.defaults())
        .isEqualTo(
            new BridgeConfig(
                25_000, 8_000, 10_000, 30_000, 300_000, 1_000, 25_000, 8_000, 25_000, 5_000,
                false));
    assertThat(
            read(
                    "bridge",
                    """
                    {"pingMillis": 101, "pongTimeoutMillis": 102, "stockPingTimeoutMillis": 103,
                     "replyTimeoutMillis": 104, "maxReplyTimeoutMillis": 105, "lingerMillis": 106,
                     "expiringMillis": 107, "reconnectSpreadMillis": 110, "heartbeatMillis": 108, "disconnectMillis": 109,
                     "sockJsLegacy": true}
                    """)
                .bridge())
        .isEqualTo(new BridgeConfig(101, 102, 103, 104, 105, 106, 107, 110, 108, 109, true));
  }

  @Test
  void mapsLimits() {
    assertThat(LimitsConfig.defaults())
        .isEqualTo(
            new LimitsConfig(
                65_536,
                64,
                64,
                1_048_576,
                10,
                100_000,
                1_000,
                1_000,
                10_000,
                200,
                64,
                20_000,
                40_000,
                50_000,
                100_000,
                10,
                10,
                32_768,
                120,
                131_072,
                16_384,
                1_000,
                67_108_864,
                10));
    assertThat(
            read(
                    "limits",
                    """
                    {"frameBytes": 2000, "fragments": 2, "nesting": 22, "queueBytes": 5000, "blockedSeconds": 4,
                     "connections": 5, "connectionsPerIp": 6, "handlers": 7, "userHandlers": 8,
                     "addressLength": 19, "headers": 10, "framesPerSecond": 11, "framesBurst": 12,
                     "userFramesPerSecond": 23, "userFramesBurst": 24,
                     "helloSeconds": 13, "requestHeadSeconds": 14, "requestHeadBytes": 1500,
                     "idleSeconds": 16, "streamBytes": 1700, "tokenBytes": 300, "badFrames": 19,
                     "loopQueueBytes": 2000000, "stopSeconds": 21}
                    """)
                .limits())
        .isEqualTo(
            new LimitsConfig(
                2000, 2, 22, 5000, 4, 5, 6, 7, 8, 19, 10, 11, 12, 23, 24, 13, 14, 1500, 16, 1700,
                300, 19, 2_000_000, 21));
  }

  @Test
  void mapsPlugins() {
    assertThat(Settings.defaults(CONF).plugins())
        .isEqualTo(
            new PluginsConfig(
                Path.of("plugins"),
                30,
                5,
                30,
                30,
                3,
                67_108_864,
                20_000,
                1_000,
                256,
                0,
                10,
                null,
                new FolderConfig(5, 2_000, 200),
                new ChangesConfig(16, 4, 4, 600),
                new ProbationConfig(60, 50, 0.1, 4, 250),
                new ContainmentConfig(1_000, 1_000, 5, 60, 120, 20_000, 6, 5_000, 60)));
    assertThat(
            read(
                    "plugins",
                    """
                    {"directory": "elsewhere", "startSeconds": 1, "stopSeconds": 2,
                     "requestSeconds": 3, "drainSeconds": 9, "keep": 2, "jarBytes": 4000, "jarEntries": 5, "queue": 6,
                     "inFlight": 7, "eventLoops": 9, "workers": 8, "allow": ["%s"],
                     "containment": {"sliceMicros": 9, "blockedMillis": 10, "strikes": 2, "strikeSeconds": 3, "leakSeconds": 4, "publishesPerSecond": 5,
                                     "connections": 6, "connectionWaitMillis": 70, "leaseSeconds": 8},
                     "changes": {"waiting": 5, "draining": 6, "uploads": 7, "uploadSeconds": 8},
                     "folder": {"scanSeconds": 1, "settleMillis": 20, "candidates": 3}, "probation": {"seconds": 1, "calls": 2,
                      "errorShare": 0.5, "p99Factor": 3, "p99FloorMillis": 4}}
                    """
                        .formatted("a".repeat(64)))
                .plugins())
        .isEqualTo(
            new PluginsConfig(
                Path.of("elsewhere"),
                1,
                2,
                3,
                9,
                2,
                4000,
                5,
                6,
                7,
                9,
                8,
                Set.of("a".repeat(64)),
                new FolderConfig(1, 20, 3),
                new ChangesConfig(5, 6, 7, 8),
                new ProbationConfig(1, 2, 0.5, 3, 4),
                new ContainmentConfig(9, 10, 2, 3, 4, 5, 6, 70, 8)));
  }

  @Test
  void mapsDatabase() {
    assertThat(Settings.defaults(CONF).database())
        .isEqualTo(new DatabaseConfig(null, 8, 1_000, 5_000, 60, 30));
    assertThat(
            read(
                    "database",
                    """
                    {"uri": "postgresql://u:p@db/x", "connections": 1, "waiting": 2, "waitMillis": 30,
                     "startSeconds": 40, "statementSeconds": 50}
                    """)
                .database())
        .isEqualTo(new DatabaseConfig("postgresql://u:p@db/x", 1, 2, 30, 40, 50));
  }

  @Test
  void mapsLogs() {
    assertThat(Settings.defaults(CONF).logs()).isEqualTo(new LogsConfig(10_485_760, 5, 4_096, 200));
    assertThat(
            read(
                    "logs",
                    """
                    {"fileBytes": 70000, "files": 2, "queue": 64, "auditPerSecond": 7}
                    """)
                .logs())
        .isEqualTo(new LogsConfig(70_000, 2, 64, 7));
  }

  @Test
  void mapsAdminAndDiagnostics() {
    assertThat(Settings.defaults(CONF).admin())
        .isEqualTo(new AdminConfig(List.of("127.0.0.0/8", "::1/128")));
    assertThat(Settings.defaults(CONF).diagnostics()).isEqualTo(new DiagnosticsConfig(false));
    assertThat(read("admin", "{\"from\": [\"10.0.0.0/8\"]}").admin())
        .isEqualTo(new AdminConfig(List.of("10.0.0.0/8")));
    assertThat(read("diagnostics", "{\"echo\": true}").diagnostics())
        .isEqualTo(new DiagnosticsConfig(true));
  }

  /** A key without a default would have to be required; a record would get no value for it. */
  @Test
  void everyKeyHasADefaultOrIsRequired() {
    assertEachHasADefault(SettingsSchema.drawbridge(), "");
  }

  private static void assertEachHasADefault(JsonNode schema, String place) {
    List<String> required = new ArrayList<>();
    schema.path("required").forEach(key -> required.add(key.asText()));
    for (var property : schema.path("properties").properties()) {
      String key = property.getKey();
      assertThat(
              property.getValue().has("default") || required.contains(key) || key.equals("$schema"))
          .as(place + "/" + key)
          .isTrue();
      assertEachHasADefault(property.getValue(), place + "/" + key);
      assertEachHasADefault(property.getValue().path("items"), place + "/" + key);
    }
  }

  private Settings read(String section, String json) {
    return SettingsReader.read("{\"" + section + "\": " + json + "}", directory, Map.of());
  }
}
