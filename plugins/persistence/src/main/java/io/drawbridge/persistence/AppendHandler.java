package io.drawbridge.persistence;

import io.drawbridge.plugin.Caller;
import io.drawbridge.plugin.HandlerException;
import io.drawbridge.plugin.RequestHandler;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/** Answers {@code persistence.append}, once the message is on disk. */
final class AppendHandler implements RequestHandler {

  private final AppendQueue queue;
  private final int bodyBytes;

  AppendHandler(AppendQueue queue, int bodyBytes) {
    this.queue = queue;
    this.bodyBytes = bodyBytes;
  }

  @Override
  public Future<JsonObject> handle(JsonObject body, Caller caller) {
    Entry entry = Entry.of(body.getString("stream"), body.getString("key"), body.getValue("body"));
    if (entry.bytes() > bodyBytes) {
      return HandlerException.refuse(
          413, "body has " + entry.bytes() + " bytes, and " + bodyBytes + " are allowed");
    }
    String fault = BodyText.fault(entry.json());
    return fault == null
        ? queue.append(entry).map(Position::toJson)
        : HandlerException.refuse(400, fault);
  }
}
