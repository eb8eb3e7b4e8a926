package io.drawbridge.chat;

import io.drawbridge.plugin.Caller;
import io.drawbridge.plugin.HandlerException;
import io.drawbridge.plugin.PluginContext;
import io.drawbridge.plugin.RequestHandler;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Answers {@code chat.post}: checks, keeps, publishes, answers; one message of a room at a time.
 */
final class PostHandler implements RequestHandler {

  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private final PluginContext context;
  private final RoomQueues queues;
  private final MessageStore store;
  private final Names names = new Names();

  PostHandler(PluginContext context, RoomQueues queues, MessageStore store) {
    this.context = context;
    this.queues = queues;
    this.store = store;
  }

  @Override
  public Future<JsonObject> handle(JsonObject body, Caller caller) {
    if (!caller.isSignedIn()) {
      return HandlerException.refuse(401, "only who is signed in can post");
    }
    String text = body.getString("text");
    String fault = MessageText.fault(text);
    if (fault != null) {
      return HandlerException.refuse(400, fault);
    }
    String room = body.getString("room");
    return queues.inTurn(room, () -> post(room, caller.subject(), text));
  }

  private Future<JsonObject> post(String room, String from, String text) {
    Instant now = Instant.now();
    JsonObject said =
        new JsonObject().put("from", from).put("text", text).put("at", MILLIS.format(now));
    return store
        .keep(room, names.next(now.toEpochMilli()), said)
        .map(id -> Messages.answer(id, room, said))
        .compose(message -> context.publish("chat.room." + room, message).map(message));
  }
}
