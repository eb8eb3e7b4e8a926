package io.drawbridge.testkit.sample;

import io.drawbridge.plugin.Caller;
import io.drawbridge.plugin.HandlerException;
import io.drawbridge.plugin.HandlerVerticle;
import io.drawbridge.plugin.PluginContext;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/** Greets whoever asks, aloud if told so. */
public final class GreetVerticle extends HandlerVerticle {

  @Override
  protected Future<?> open(PluginContext context) {
    context.handle("greet.hello", (body, caller) -> hello(context, body, caller));
    return Future.succeededFuture();
  }

  private static Future<JsonObject> hello(PluginContext context, JsonObject body, Caller caller) {
    if (caller.subject().equals("eve")) {
      return HandlerException.refuse(403, "not you");
    }
    JsonObject greeting =
        new JsonObject()
            .put("text", context.settings().getString("greeting") + " " + caller.subject());
    return body.getString("room") == null
        ? Future.succeededFuture(greeting)
        : context.publish("greet.room." + body.getString("room"), greeting).map(greeting);
  }
}
