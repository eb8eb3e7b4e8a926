package io.drawbridge.chat;

import io.drawbridge.plugin.Caller;
import io.drawbridge.plugin.RequestHandler;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Answers {@code chat.rooms} with one page of the list, and the last message of each room. */
final class RoomsHandler implements RequestHandler {

  private static final int LIMIT = 50;
  private static final int EXCERPT = 200;
  private static final long END = 9_007_199_254_740_991L;

  private final MessageStore store;

  RoomsHandler(MessageStore store) {
    this.store = store;
  }

  @Override
  public Future<JsonObject> handle(JsonObject body, Caller caller) {
    long after = body.getLong("after", 0L);
    return store
        .rooms(after, body.getInteger("limit", LIMIT))
        .compose(page -> withLast(page, after));
  }

  /** One room after the other: a page is short, and others want to read too. */
  private Future<JsonObject> withLast(JsonObject page, long after) {
    JsonArray entries = page.getJsonArray("messages");
    JsonArray rooms = new JsonArray();
    Future<?> step = Future.succeededFuture();
    long end = after;
    for (int i = 0; i < entries.size(); i++) {
      JsonObject entry = entries.getJsonObject(i);
      end = entry.getLong("offset");
      step = step.compose(done -> room(entry)).onSuccess(rooms::add);
    }
    JsonObject answer = new JsonObject().put("more", page.getBoolean("more")).put("after", end);
    return step.map(done -> answer.put("rooms", rooms));
  }

  private Future<JsonObject> room(JsonObject entry) {
    String name = entry.getString("key");
    JsonObject room = new JsonObject().put("room", name).put("since", entry.getString("at"));
    return store
        .before(name, END, 1)
        .map(
            page -> {
              JsonArray last = page.getJsonArray("messages");
              return last.isEmpty()
                  ? room
                  : room.put("last", excerpt(Messages.kept(name, last.getJsonObject(0))));
            });
  }

  private static JsonObject excerpt(JsonObject message) {
    message.remove("room");
    message.remove("stored");
    return message.put("text", MessageText.beginning(message.getString("text"), EXCERPT));
  }
}
