package io.drawbridge.persistence;

import io.vertx.core.json.JsonObject;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Where in its stream a message was kept, and when.
 *
 * @param at in UTC with three decimals, such as {@code 2026-01-31T12:00:00.000Z}
 */
record Position(long offset, String at) {

  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'");

  static Position of(long offset, OffsetDateTime at) {
    return new Position(offset, at.withOffsetSameInstant(ZoneOffset.UTC).format(FORMAT));
  }

  JsonObject toJson() {
    return new JsonObject().put("offset", offset).put("at", at);
  }
}
