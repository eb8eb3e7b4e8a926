package io.drawbridge.bridge;

import io.vertx.core.json.JsonObject;

/** What a client learns when it says hello. */
final class Welcome {

  /** The version of the protocol that this server speaks. */
  private static final int VERSION = 1;

  private Welcome() {}

  static JsonObject message(
      BridgeEnvironment environment, String session, SessionIdentity identity) {
    JsonObject limits =
        new JsonObject()
            .put("frameBytes", environment.limits().frameBytes())
            .put("handlers", environment.limits().handlers());
    JsonObject welcome =
        new JsonObject()
            .put("v", VERSION)
            .put("session", session)
            .put("node", environment.node())
            .put("ping", environment.timing().pingMillis())
            .put("pongTimeout", environment.timing().pongTimeoutMillis());
    return identity.describeTo(welcome).put("limits", limits);
  }
}
