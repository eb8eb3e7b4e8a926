package io.drawbridge.bridge.transport;

import io.drawbridge.config.AuthConfig;
import io.drawbridge.config.BridgeConfig;
import io.drawbridge.config.DiagnosticsConfig;
import io.drawbridge.config.HttpConfig;
import io.drawbridge.config.LimitsConfig;
import io.drawbridge.config.Settings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Settings for one test, with what the test cares about changed by name. */
final class TestSettings {

  private final Map<String, Integer> numbers = new HashMap<>();
  private List<String> origins = List.of();
  private List<String> proxies = List.of();
  private HttpConfig.Tls tls;
  private boolean legacy;
  private boolean echo;
  private String cookie;
  private boolean queryToken;

  /** A limit or a time of the bridge, by its key in the file. */
  TestSettings with(String key, int value) {
    numbers.put(key, value);
    return this;
  }

  TestSettings origins(String... allowed) {
    origins = List.of(allowed);
    return this;
  }

  TestSettings trustedProxies(String... networks) {
    proxies = List.of(networks);
    return this;
  }

  TestSettings tls(Path certificate, Path key) {
    tls = new HttpConfig.Tls(certificate, key);
    return this;
  }

  TestSettings sockJsLegacy() {
    legacy = true;
    return this;
  }

  TestSettings echo() {
    echo = true;
    return this;
  }

  TestSettings cookie(String name) {
    cookie = name;
    return this;
  }

  TestSettings queryToken() {
    queryToken = true;
    return this;
  }

  private int number(String key, int otherwise) {
    return numbers.getOrDefault(key, otherwise);
  }

  /** What no transport looks at stays null. */
  Settings settings() {
    return new Settings(
        Path.of("conf"),
        new HttpConfig("127.0.0.1", 0, origins, proxies, tls),
        new AuthConfig(
            null,
            List.of(),
            List.of(),
            null,
            List.of(),
            "permissions",
            List.of(),
            5,
            300,
            cookie,
            queryToken,
            new AuthConfig.Login(Path.of("users.json"), 3600, 10, 10)),
        List.of(),
        bridge(),
        limits(),
        null,
        null,
        null,
        new DiagnosticsConfig(echo));
  }

  private BridgeConfig bridge() {
    BridgeConfig shipped = BridgeConfig.defaults();
    return new BridgeConfig(
        shipped.pingMillis(),
        shipped.pongTimeoutMillis(),
        shipped.stockPingTimeoutMillis(),
        shipped.replyTimeoutMillis(),
        shipped.maxReplyTimeoutMillis(),
        shipped.lingerMillis(),
        number("heartbeatMillis", shipped.heartbeatMillis()),
        number("disconnectMillis", shipped.disconnectMillis()),
        legacy);
  }

  private LimitsConfig limits() {
    LimitsConfig shipped = LimitsConfig.defaults();
    return new LimitsConfig(
        number("frameBytes", shipped.frameBytes()),
        number("fragments", shipped.fragments()),
        number("queueBytes", shipped.queueBytes()),
        number("connections", shipped.connections()),
        number("connectionsPerIp", shipped.connectionsPerIp()),
        shipped.handlers(),
        shipped.userHandlers(),
        shipped.addressLength(),
        shipped.headers(),
        shipped.framesPerSecond(),
        shipped.framesBurst(),
        shipped.helloSeconds(),
        number("requestHeadSeconds", shipped.requestHeadSeconds()),
        number("idleSeconds", shipped.idleSeconds()),
        number("streamBytes", shipped.streamBytes()),
        shipped.tokenBytes());
  }
}
