package io.drawbridge.bench.noise;

import io.drawbridge.plugin.HandlerVerticle;
import io.drawbridge.plugin.PluginContext;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.util.stream.IntStream;

/** The plugin that misbehaves; how, its settings say. */
public final class NoisyVerticle extends HandlerVerticle {

  private static final int HELD_MILLIS = 1_200;
  private static final int MESSAGES = 2_000;

  @Override
  protected Future<?> open(PluginContext context) {
    String noise = context.settings().getString("noise");
    context.handle(NoisyPlugin.ADDRESS, (body, caller) -> make(noise, context));
    return Future.succeededFuture();
  }

  private static Future<JsonObject> make(String noise, PluginContext context) {
    return switch (noise) {
      case "blocks" -> hold();
      case "floods" -> flood(context);
      case "sits" ->
          context
              .pool()
              .getConnection()
              .compose(connection -> connection.query("BEGIN").execute())
              .compose(begun -> Promise.<JsonObject>promise().future());
      default -> Promise.<JsonObject>promise().future();
    };
  }

  /** Holds the thread, as code without futures does. */
  private static Future<JsonObject> hold() {
    try {
      Thread.sleep(HELD_MILLIS);
      return Future.succeededFuture(new JsonObject());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Future.failedFuture(e);
    }
  }

  private static Future<JsonObject> flood(PluginContext context) {
    return Future.all(
            IntStream.range(0, MESSAGES)
                .mapToObj(i -> context.publish(NoisyPlugin.FLOOD, new JsonObject().put("i", i)))
                .toList())
        .map(all -> new JsonObject());
  }
}
