package io.drawbridge.chat;

import io.drawbridge.plugin.Caller;
import io.drawbridge.plugin.RequestHandler;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Answers {@code chat.history} with one page, the newest message first. */
final class HistoryHandler implements RequestHandler {

  /** Beyond the last offset that JSON carries exactly. */
  private static final long END = 9_007_199_254_740_991L;

  private static final int LIMIT = 50;
  private static final int ANSWER_BYTES = 256 * 1024 - 64;

  private final MessageStore store;

  HistoryHandler(MessageStore store) {
    this.store = store;
  }

  @Override
  public Future<JsonObject> handle(JsonObject body, Caller caller) {
    String room = body.getString("room");
    String before = body.getString("before");
    long end = before == null ? END : Math.min(END, MessageId.parse(before).end());
    return store
        .before(room, Math.max(1, end), body.getInteger("limit", LIMIT))
        .map(page -> answer(room, page));
  }

  /** Our messages may be longer than the entries they come from: so the cut is made here again. */
  private static JsonObject answer(String room, JsonObject page) {
    JsonArray messages = new JsonArray();
    JsonArray entries = page.getJsonArray("messages");
    int bytes = 0;
    for (int i = 0; i < entries.size(); i++) {
      JsonObject message = Messages.kept(room, entries.getJsonObject(i));
      bytes += message.toBuffer().length() + 1;
      if (bytes > ANSWER_BYTES) {
        break;
      }
      messages.add(message);
    }
    boolean more = page.getBoolean("more") || messages.size() < entries.size();
    return new JsonObject().put("messages", messages).put("more", more);
  }
}
