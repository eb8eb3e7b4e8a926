package io.drawbridge.bench;

import io.drawbridge.plugin.HandlerVerticle;
import io.drawbridge.plugin.PluginContext;
import io.vertx.core.Future;

/** The plugin that answers requests in our server, as a team would write it. */
public final class EchoVerticle extends HandlerVerticle {

  @Override
  protected Future<?> open(PluginContext context) {
    context.handle(Addresses.ECHO, (body, caller) -> Future.succeededFuture(body));
    return Future.succeededFuture();
  }
}
