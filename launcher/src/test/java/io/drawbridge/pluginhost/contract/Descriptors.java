package io.drawbridge.pluginhost.contract;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;

/** Descriptors that are read as a plugin's are, with just what a test is about. */
final class Descriptors {

  private Descriptors() {}

  static PluginDescriptor of(String... addresses) {
    var list = new JsonArray();
    for (String address : addresses) {
      list.add(new JsonObject().put("summary", "What it is for").mergeIn(new JsonObject(address)));
    }
    var descriptor =
        new JsonObject()
            .put("id", "shop")
            .put("version", "1.0.0")
            .put("api", "^1.0")
            .put("verticle", "com.acme.Shop")
            .put("addresses", list);
    return DescriptorReader.read(
        "plugin.json", descriptor.encode().getBytes(StandardCharsets.UTF_8));
  }

  /** With one address, {@code shop.buy}, whose requests have this schema. */
  static PluginDescriptor taking(String schema) {
    return of("{\"address\":\"shop.buy\",\"kind\":\"request\",\"request\":" + schema + "}");
  }

  /** With one address, {@code shop.buy}, whose replies have this schema. */
  static PluginDescriptor replying(String schema) {
    return of("{\"address\":\"shop.buy\",\"kind\":\"request\",\"reply\":" + schema + "}");
  }

  /** With one address, {@code shop.news}, to which bodies with this schema are published. */
  static PluginDescriptor publishing(String schema) {
    return of("{\"address\":\"shop.news\",\"kind\":\"broadcast\",\"request\":" + schema + "}");
  }
}
