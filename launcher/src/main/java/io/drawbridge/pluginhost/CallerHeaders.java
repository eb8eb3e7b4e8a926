package io.drawbridge.pluginhost;

import io.drawbridge.plugin.Caller;
import io.vertx.core.MultiMap;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes a caller of the headers that the bridge adds and no browser can. */
final class CallerHeaders {

  private static final String SUBJECT = "eb-subject";
  private static final String SESSION = "eb-session";
  private static final String CLAIMS = "eb-claims";

  private CallerHeaders() {}

  /**
   * Who sent a message; {@link Caller#internal()} if it did not come through the bridge.
   *
   * @throws IllegalArgumentException if the headers are not as the bridge writes them
   */
  static Caller callerOf(MultiMap headers) {
    String session = headers.get(SESSION);
    if (session == null) {
      return Caller.internal();
    }
    String subject = headers.get(SUBJECT);
    String claims = headers.get(CLAIMS);
    try {
      JsonObject granted = claims == null ? new JsonObject() : new JsonObject(claims);
      return new Caller(
          subject == null ? "" : subject,
          texts(granted.getJsonArray("authorities")),
          granted.getJsonObject("claims", new JsonObject()),
          session);
    } catch (DecodeException | ClassCastException e) {
      throw new IllegalArgumentException(
          "the header " + CLAIMS + " is not what a bridge writes", e);
    }
  }

  private static Set<String> texts(@Nullable JsonArray array) {
    var texts = new HashSet<String>();
    if (array != null) {
      for (Object text : array) {
        texts.add((String) text);
      }
    }
    return texts;
  }
}
