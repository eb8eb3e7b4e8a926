package io.drawbridge.pluginhost;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** Checks a plugin's settings by the schema in its descriptor, and fills in its defaults. */
final class PluginSettings {

  private PluginSettings() {}

  /**
   * What the plugin gets to see.
   *
   * @throws PluginException in one line: file, pointer, problem
   */
  static JsonObject checked(PluginDescriptor descriptor, JsonObject given) {
    JsonNode schema = descriptor.settings();
    String file = "plugins/" + descriptor.id() + ".json";
    if (schema == null) {
      if (!given.isEmpty()) {
        throw new PluginException(
            file + " / sets something, and this plugin takes no settings: remove the file");
      }
      return new JsonObject();
    }
    JsonObject settings = given.copy();
    settings.remove("$schema");
    fill(schema, settings);
    String violation = JsonCheck.compile(schema).violation(StrictJson.node(settings));
    if (violation != null) {
      throw new PluginException(file + " " + violation);
    }
    return settings;
  }

  /** Puts each property's default where nothing stands, also inside objects. */
  private static void fill(JsonNode schema, JsonObject object) {
    schema
        .path("properties")
        .properties()
        .forEach(
            property -> {
              JsonNode fallback = property.getValue().get("default");
              if (!object.containsKey(property.getKey()) && fallback != null) {
                object.put(property.getKey(), value(fallback));
              }
              if (object.getValue(property.getKey()) instanceof JsonObject inner) {
                fill(property.getValue(), inner);
              }
            });
  }

  private static @Nullable Object value(JsonNode node) {
    return new JsonObject("{\"value\":" + node + "}").getValue("value");
  }
}
