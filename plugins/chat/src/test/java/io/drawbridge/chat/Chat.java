package io.drawbridge.chat;

import io.drawbridge.plugin.Caller;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.Set;

/** The plugin as a caller sees it: deployed, on a real event bus. */
final class Chat implements AutoCloseable {

  static final Caller ALICE =
      new Caller("alice", Set.of("chat:read", "chat:write"), new JsonObject(), "s-1");

  private final TestContext context;
  private final Vertx vertx;
  private final String deployment;

  private Chat(TestContext context, Vertx vertx, String deployment) {
    this.context = context;
    this.vertx = vertx;
    this.deployment = deployment;
  }

  static Chat open(Vertx vertx) {
    return open(vertx, new JsonObject());
  }

  /** Deploys it; what isn't given is as the descriptor's defaults have it. */
  static Chat open(Vertx vertx, JsonObject settings) {
    JsonObject all = Descriptor.defaults().mergeIn(settings);
    TestContext context = new TestContext(vertx, all);
    var verticle = new ChatVerticle();
    verticle.attach(context);
    return new Chat(context, vertx, Await.await(vertx.deployVerticle(verticle)));
  }

  Future<JsonObject> post(String room, String text) {
    return call("chat.post", new JsonObject().put("room", room).put("text", text), ALICE);
  }

  Future<JsonObject> history(JsonObject request) {
    return call("chat.history", request, ALICE);
  }

  Future<JsonObject> rooms() {
    return call("chat.rooms", new JsonObject(), ALICE);
  }

  Future<JsonObject> call(String address, JsonObject body, Caller caller) {
    Promise<JsonObject> answer = Promise.promise();
    context
        .opened()
        .runOnContext(go -> context.handler(address).handle(body, caller).onComplete(answer));
    return answer.future();
  }

  @Override
  public void close() {
    Await.await(vertx.undeploy(deployment));
  }
}
