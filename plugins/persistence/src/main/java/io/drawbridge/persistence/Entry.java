package io.drawbridge.persistence;

import io.vertx.core.Promise;
import io.vertx.core.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One message on its way to the disk.
 *
 * @param key what makes a second try the same message: the caller's key, or one of ours
 * @param body the JSON value as it came
 * @param json the body's text
 * @param bytes what the text takes in the queue
 * @param answer where the caller waits
 */
record Entry(
    String stream,
    String key,
    @Nullable Object body,
    String json,
    int bytes,
    Promise<Position> answer) {

  /** What no caller's key starts with. */
  static final char OWN_KEY = '~';

  /** Makes an entry; without a key of the caller's it gets one of its own. */
  static Entry of(String stream, @Nullable String key, @Nullable Object body) {
    String json = Json.encode(body);
    return new Entry(
        stream,
        key == null ? OWN_KEY + UUID.randomUUID().toString() : key,
        body,
        json,
        json.getBytes(StandardCharsets.UTF_8).length,
        Promise.promise());
  }

  /** Names the message among all that are under way. */
  Name name() {
    return new Name(stream, key);
  }

  /** A key within its stream. */
  record Name(String stream, String key) {}
}
