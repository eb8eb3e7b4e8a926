package io.drawbridge.chat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The descriptor in the plugin's jar. */
final class Descriptor {

  private Descriptor() {}

  static JsonObject address(String address) {
    return read().getJsonArray("addresses").stream()
        .map(JsonObject.class::cast)
        .filter(served -> served.getString("address").equals(address))
        .findFirst()
        .orElseThrow();
  }

  /** The settings of who sets nothing. */
  static JsonObject defaults() {
    JsonObject defaults = new JsonObject();
    JsonObject properties = read().getJsonObject("settings").getJsonObject("properties");
    for (String name : properties.fieldNames()) {
      defaults.put(name, properties.getJsonObject(name).getValue("default"));
    }
    return defaults;
  }

  private static JsonObject read() {
    try (var file = Descriptor.class.getResourceAsStream("/META-INF/drawbridge/plugin.json")) {
      return new JsonObject(new String(file.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
