package io.drawbridge.persistence;

import io.drawbridge.plugin.Caller;
import io.drawbridge.plugin.RequestHandler;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/** Answers {@code persistence.read} with one page of a stream. */
final class ReadHandler implements RequestHandler {

  private static final long BEGINNING = 0;
  private static final int LIMIT = 100;

  private final MessageStore store;

  ReadHandler(MessageStore store) {
    this.store = store;
  }

  @Override
  public Future<JsonObject> handle(JsonObject body, Caller caller) {
    String stream = body.getString("stream");
    int limit = body.getInteger("limit", LIMIT);
    Long before = body.getLong("before");
    Future<JsonObject> page =
        before == null
            ? store.after(stream, body.getLong("after", BEGINNING), limit)
            : store.before(stream, before, limit);
    return page.recover(Failures::refuse);
  }
}
