package io.drawbridge.acceptance.stock;

import io.vertx.core.json.JsonObject;

/** What a stock client says. */
final class Frames {

  private Frames() {}

  static JsonObject ping() {
    return new JsonObject().put("type", "ping");
  }

  static JsonObject register(String address) {
    return new JsonObject()
        .put("type", "register")
        .put("address", address)
        .put("headers", new JsonObject());
  }

  static JsonObject unregister(String address) {
    return register(address).put("type", "unregister");
  }

  static JsonObject publish(String address, Object body) {
    return register(address).put("type", "publish").put("body", body);
  }

  static JsonObject send(String address, Object body) {
    return register(address).put("type", "send").put("body", body);
  }

  static JsonObject request(String address, Object body, String replyAddress) {
    return send(address, body).put("replyAddress", replyAddress);
  }
}
