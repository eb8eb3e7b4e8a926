package io.drawbridge.bridge.transport;

import io.drawbridge.config.Settings;
import io.drawbridge.config.SettingsReader;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Settings for one test, with what the test cares about changed by its key in the file. */
final class TestSettings {

  private final JsonObject file =
      new JsonObject().put("http", new JsonObject().put("host", "127.0.0.1").put("port", 0));

  private TestSettings put(String section, String key, Object value) {
    if (!file.containsKey(section)) {
      file.put(section, new JsonObject());
    }
    file.getJsonObject(section).put(key, value);
    return this;
  }

  TestSettings limit(String key, int value) {
    return put("limits", key, value);
  }

  TestSettings bridge(String key, Object value) {
    return put("bridge", key, value);
  }

  TestSettings auth(String key, Object value) {
    return put("auth", key, value);
  }

  TestSettings origins(String... allowed) {
    return put("http", "origins", new JsonArray(List.of(allowed)));
  }

  TestSettings trustedProxies(String... networks) {
    return put("http", "trustedProxies", new JsonArray(List.of(networks)));
  }

  TestSettings tls(Path certificate, Path key) {
    return put(
        "http",
        "tls",
        new JsonObject().put("certificate", certificate.toString()).put("key", key.toString()));
  }

  TestSettings sockJsLegacy() {
    return bridge("sockJsLegacy", true);
  }

  TestSettings echo() {
    return put("diagnostics", "echo", true);
  }

  Settings settings() {
    return SettingsReader.read(file.encode(), Path.of("conf"), Map.of());
  }
}
