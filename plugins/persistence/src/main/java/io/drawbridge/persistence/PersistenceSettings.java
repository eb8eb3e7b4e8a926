package io.drawbridge.persistence;

import io.vertx.core.json.JsonObject;

/**
 * The plugin's settings; the schema in the descriptor has their bounds and defaults.
 *
 * @param queueRows messages that may wait to be written
 * @param queueBytes bytes that they may have together
 * @param batchRows messages that one transaction writes
 * @param bodyBytes the longest body
 * @param patienceMillis how long a message is tried again while the database is away
 */
record PersistenceSettings(
    int queueRows, long queueBytes, int batchRows, int bodyBytes, long patienceMillis) {

  static PersistenceSettings of(JsonObject settings) {
    return new PersistenceSettings(
        settings.getInteger("queueRows"),
        settings.getLong("queueBytes"),
        settings.getInteger("batchRows"),
        settings.getInteger("bodyBytes"),
        settings.getLong("patienceMillis"));
  }
}
