package io.drawbridge.acceptance.stock;

import io.drawbridge.plugin.HandlerException;
import io.drawbridge.plugin.HandlerVerticle;
import io.drawbridge.plugin.PluginContext;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.eventbus.DeliveryContext;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The plugin that is inside our server while it is tested: it answers, it fails, and it tells how
 * often the bus has handed a message to a consumer.
 */
public final class PeerVerticle extends HandlerVerticle {

  private final Map<String, Integer> deliveries = new ConcurrentHashMap<>();
  private final Handler<DeliveryContext<Object>> counting =
      delivery -> {
        deliveries.merge(delivery.message().address(), 1, Integer::sum);
        delivery.next();
      };

  @Override
  protected Future<?> open(PluginContext context) {
    context.vertx().eventBus().addInboundInterceptor(counting);
    context.handle("peer.echo", (body, caller) -> Future.succeededFuture(body));
    context.handle("peer.fail", (body, caller) -> HandlerException.refuse(421, "no such thing"));
    context.handle(
        "peer.count",
        (body, caller) ->
            Future.succeededFuture(
                new JsonObject()
                    .put("count", deliveries.getOrDefault(body.getString("address"), 0))));
    return Future.succeededFuture();
  }
}
