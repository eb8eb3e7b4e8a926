package io.drawbridge.persistence;

import io.drawbridge.plugin.Caller;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import java.util.ArrayList;
import java.util.List;

/** The plugin as a caller sees it: deployed, with the settings of the descriptor or others. */
final class Persistence implements AutoCloseable {

  private final TestContext context;
  private final Context verticleContext;
  private final String deployment;

  private Persistence(TestContext context, Context verticleContext, String deployment) {
    this.context = context;
    this.verticleContext = verticleContext;
    this.deployment = deployment;
  }

  static Persistence open() {
    return open(new JsonObject());
  }

  static Persistence open(JsonObject settings) {
    return open(settings, TestDatabase.pool());
  }

  /** Deploys it; what isn't given is as the descriptor's defaults have it. */
  static Persistence open(JsonObject settings, Pool pool) {
    JsonObject all = Descriptor.defaults().mergeIn(settings);
    TestContext context = new TestContext(TestDatabase.vertx(), pool, all);
    var verticle = new PersistenceVerticle();
    verticle.attach(context);
    String deployment = Await.await(TestDatabase.vertx().deployVerticle(verticle));
    return new Persistence(context, context.opened(), deployment);
  }

  Future<JsonObject> append(String stream, Object body) {
    return call("persistence.append", new JsonObject().put("stream", stream).put("body", body));
  }

  Future<JsonObject> append(String stream, String key, Object body) {
    return call(
        "persistence.append",
        new JsonObject().put("stream", stream).put("key", key).put("body", body));
  }

  Future<JsonObject> read(JsonObject request) {
    return call("persistence.read", request);
  }

  /** A whole stream, however many pages it takes. */
  List<JsonObject> all(String stream) {
    List<JsonObject> messages = new ArrayList<>();
    JsonObject page;
    do {
      long after = messages.isEmpty() ? 0 : messages.get(messages.size() - 1).getLong("offset");
      page = Await.await(read(new JsonObject().put("stream", stream).put("after", after)));
      page.getJsonArray("messages").forEach(message -> messages.add((JsonObject) message));
    } while (page.getBoolean("more"));
    return messages;
  }

  private Future<JsonObject> call(String address, JsonObject body) {
    Promise<JsonObject> answer = Promise.promise();
    verticleContext.runOnContext(
        go -> context.handler(address).handle(body, Caller.internal()).onComplete(answer));
    return answer.future();
  }

  @Override
  public void close() {
    Await.await(TestDatabase.vertx().undeploy(deployment));
  }
}
