package io.drawbridge.testkit.sample;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.json.JsonObject;

/** A plain verticle with a consumer of its own: what waits in it is lost when it goes. */
public final class CarelessVerticle extends AbstractVerticle {

  @Override
  public void start() {
    vertx
        .eventBus()
        .<JsonObject>consumer(
            "careless.ask", message -> vertx.setTimer(200, id -> message.reply(new JsonObject())));
  }
}
