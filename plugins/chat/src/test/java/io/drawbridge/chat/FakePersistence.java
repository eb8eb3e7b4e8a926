package io.drawbridge.chat;

import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Stands in for the persistence plugin on a real event bus: streams in memory. */
final class FakePersistence implements AutoCloseable {

  private final Vertx vertx;
  private final Map<String, List<JsonObject>> streams;
  private final MessageConsumer<JsonObject> append;
  private final MessageConsumer<JsonObject> read;
  private boolean silent;
  private int asked;

  FakePersistence(Vertx vertx) {
    this(vertx, new HashMap<>());
  }

  private FakePersistence(Vertx vertx, Map<String, List<JsonObject>> streams) {
    this.vertx = vertx;
    this.streams = streams;
    append = vertx.eventBus().consumer("persistence.append", this::append);
    read = vertx.eventBus().consumer("persistence.read", this::read);
    Await.await(append.completion());
    Await.await(read.completion());
  }

  /** From now on nobody gets an answer, or everybody again. */
  synchronized void silence(boolean on) {
    silent = on;
  }

  /** Another one, after this one was closed, that has kept what this one kept. */
  FakePersistence back() {
    return new FakePersistence(vertx, streams);
  }

  /** How often something was to be appended. */
  synchronized int asked() {
    return asked;
  }

  synchronized List<JsonObject> stream(String name) {
    return List.copyOf(streams.getOrDefault(name, List.of()));
  }

  private synchronized void append(Message<JsonObject> message) {
    asked++;
    if (silent) {
      return;
    }
    JsonObject body = message.body();
    List<JsonObject> stream =
        streams.computeIfAbsent(body.getString("stream"), name -> new ArrayList<>());
    for (JsonObject known : stream) {
      if (known.getString("key").equals(body.getString("key"))) {
        message.reply(position(known));
        return;
      }
    }
    JsonObject entry =
        new JsonObject()
            .put("offset", stream.size() + 1)
            .put("at", "2026-01-31T12:00:00.000Z")
            .put("key", body.getString("key"))
            .put("body", body.getValue("body"));
    stream.add(entry);
    message.reply(position(entry));
  }

  private static JsonObject position(JsonObject entry) {
    return new JsonObject().put("offset", entry.getLong("offset")).put("at", entry.getString("at"));
  }

  private synchronized void read(Message<JsonObject> message) {
    if (silent) {
      return;
    }
    JsonObject body = message.body();
    List<JsonObject> found = new ArrayList<>(stream(body.getString("stream")));
    Long before = body.getLong("before");
    if (before == null) {
      found.removeIf(entry -> entry.getLong("offset") <= body.getLong("after"));
    } else {
      found.removeIf(entry -> entry.getLong("offset") >= before);
      Collections.reverse(found);
    }
    int limit = body.getInteger("limit");
    message.reply(
        new JsonObject()
            .put("messages", new JsonArray(found.subList(0, Math.min(limit, found.size()))))
            .put("more", found.size() > limit));
  }

  @Override
  public void close() {
    Await.await(append.unregister());
    Await.await(read.unregister());
  }
}
