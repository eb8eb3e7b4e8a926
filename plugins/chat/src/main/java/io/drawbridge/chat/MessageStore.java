package io.drawbridge.chat;

import io.drawbridge.plugin.HandlerException;
import io.drawbridge.plugin.PluginContext;
import io.vertx.core.Future;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonObject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps messages by asking the persistence plugin: a stream for each room, and one that lists the
 * rooms, in which a room is the key and so stands once.
 */
final class MessageStore {

  private static final Logger LOGGER = LoggerFactory.getLogger(MessageStore.class);
  private static final String ROOMS = "chat.rooms";

  private final PluginContext context;
  private final ChatSettings settings;
  private final Circuit circuit;
  private final RoomEnds ends;
  private boolean away;

  MessageStore(PluginContext context, ChatSettings settings) {
    this.context = context;
    this.settings = settings;
    this.circuit = new Circuit(settings.storePause(), System::nanoTime);
    this.ends = new RoomEnds(settings.roomsRemembered());
  }

  /** Keeps a message, if that is possible now; always succeeds, with the id that says so. */
  Future<MessageId> keep(String room, String name, JsonObject message) {
    MessageId live = new MessageId(ends.of(room), false, name);
    if (!circuit.lets()) {
      return Future.succeededFuture(live);
    }
    Future<JsonObject> kept = append(streamOf(room), name, message);
    return listed(room)
        .compose(listed -> kept)
        .map(position -> new MessageId(position.getLong("offset"), true, name))
        .onSuccess(id -> ends.put(room, id.offset()))
        .onSuccess(id -> succeeded())
        .onFailure(this::failed)
        .otherwise(live);
  }

  /** A page of a room, backwards, as the persistence plugin answers it. */
  Future<JsonObject> before(String room, long offset, int limit) {
    return read(
        new JsonObject().put("stream", streamOf(room)).put("before", offset).put("limit", limit));
  }

  /** A page of the list of rooms, forwards. */
  Future<JsonObject> rooms(long after, int limit) {
    return read(new JsonObject().put("stream", ROOMS).put("after", after).put("limit", limit));
  }

  private Future<?> listed(String room) {
    return ends.knows(room)
        ? Future.succeededFuture()
        : append(ROOMS, room, new JsonObject().put("room", room));
  }

  private Future<JsonObject> append(String stream, String key, JsonObject body) {
    return context.request(
        "persistence.append",
        new JsonObject().put("stream", stream).put("key", key).put("body", body),
        settings.storeTimeout());
  }

  private Future<JsonObject> read(JsonObject request) {
    return context
        .request("persistence.read", request, settings.storeTimeout())
        .recover(
            failure -> HandlerException.refuse(503, "the history is away for now: try again soon"));
  }

  private void succeeded() {
    circuit.succeeded();
    if (away) {
      away = false;
      LOGGER.atInfo().log("messages are kept again");
    }
  }

  /** Where nobody answers one hears so at once, and there is no need to stay away for a while. */
  private void failed(Throwable failure) {
    if (!away) {
      away = true;
      LOGGER.atWarn().addKeyValue("error", failure.getMessage()).log("messages are not kept");
    }
    if (failure instanceof ReplyException reply
        && reply.failureType() == ReplyFailure.NO_HANDLERS) {
      circuit.succeeded();
    } else {
      circuit.failed();
    }
  }

  private static String streamOf(String room) {
    return "chat.room." + room;
  }
}
