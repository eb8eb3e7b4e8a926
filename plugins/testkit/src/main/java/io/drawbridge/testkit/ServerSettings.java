package io.drawbridge.testkit;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Writes the settings of a test's server: those of a fresh one, and what the test adds. */
final class ServerSettings {

  /** Soon, for a test waits for it: by itself a server gives classes two minutes to go. */
  private static final int LEAK_SECONDS = 1;

  private final JsonArray permissions = new JsonArray();
  private final JsonObject plugins =
      new JsonObject().put("containment", new JsonObject().put("leakSeconds", LEAK_SECONDS));

  void permit(JsonObject rule) {
    permissions.add(rule);
  }

  void mergePlugins(JsonObject settings) {
    plugins.mergeIn(settings, true);
  }

  void writeTo(Path conf, TestTokens tokens, Map<String, JsonObject> ofPlugins) throws IOException {
    Files.createDirectories(conf.resolve("plugins"));
    Path key = conf.resolve("test.jwk.json");
    Files.writeString(key, tokens.jwk().encode());
    JsonObject auth =
        new JsonObject()
            .put("issuer", TestTokens.ISSUER)
            .put("audience", new JsonArray().add(TestTokens.AUDIENCE))
            .put("algorithms", new JsonArray().add("HS256"))
            .put("keys", new JsonArray().add(new JsonObject().put("file", key.toString())));
    JsonObject settings =
        new JsonObject().put("auth", auth).put("permissions", permissions).put("plugins", plugins);
    Files.writeString(conf.resolve("drawbridge.json"), settings.encodePrettily());
    for (Map.Entry<String, JsonObject> each : ofPlugins.entrySet()) {
      Files.writeString(
          conf.resolve("plugins").resolve(each.getKey() + ".json"), each.getValue().encode());
    }
  }
}
