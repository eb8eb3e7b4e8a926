package io.drawbridge.chat;

import io.vertx.core.json.JsonObject;
import java.time.Duration;

/**
 * The plugin's settings; the schema in the descriptor has their bounds and defaults.
 *
 * @param storeTimeout how long the persistence plugin may take
 * @param storePause how long it is left alone after a failure
 * @param roomQueue posts to one room that may wait for their turn
 * @param roomsRemembered rooms whose end is kept in memory
 */
record ChatSettings(
    Duration storeTimeout, Duration storePause, int roomQueue, int roomsRemembered) {

  static ChatSettings of(JsonObject settings) {
    return new ChatSettings(
        Duration.ofMillis(settings.getLong("storeTimeoutMillis")),
        Duration.ofMillis(settings.getLong("storePauseMillis")),
        settings.getInteger("roomQueue"),
        settings.getInteger("roomsRemembered"));
  }
}
