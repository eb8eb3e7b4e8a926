package io.drawbridge.chat;

import io.drawbridge.plugin.HandlerVerticle;
import io.drawbridge.plugin.PluginContext;
import io.vertx.core.Future;

/** Gives the host a handler for each of the three addresses. */
public final class ChatVerticle extends HandlerVerticle {

  /** For the host, which makes the instances. */
  public ChatVerticle() {}

  @Override
  protected Future<?> open(PluginContext context) {
    ChatSettings settings = ChatSettings.of(context.settings());
    MessageStore store = new MessageStore(context, settings);
    RoomQueues queues = new RoomQueues(settings.roomQueue());
    context.handle("chat.post", new PostHandler(context, queues, store));
    context.handle("chat.history", new HistoryHandler(store));
    context.handle("chat.rooms", new RoomsHandler(store));
    return Future.succeededFuture();
  }
}
