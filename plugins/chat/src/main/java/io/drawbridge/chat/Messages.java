package io.drawbridge.chat;

import io.vertx.core.json.JsonObject;

/** A message as callers see it. What is kept is {@code from}, {@code text} and {@code at}. */
final class Messages {

  private Messages() {}

  /** A message with its id, in the one shape that posts, broadcasts and the history share. */
  static JsonObject answer(MessageId id, String room, JsonObject said) {
    return new JsonObject()
        .put("id", id.toString())
        .put("room", room)
        .put("from", said.getString("from"))
        .put("text", said.getString("text"))
        .put("at", said.getString("at"))
        .put("stored", id.stored());
  }

  /** A message that was kept, from what the persistence plugin tells of it. */
  static JsonObject kept(String room, JsonObject entry) {
    MessageId id = new MessageId(entry.getLong("offset"), true, entry.getString("key"));
    return answer(id, room, entry.getJsonObject("body"));
  }
}
