package io.drawbridge.pluginhost.routing;

import io.drawbridge.plugin.Caller;
import io.vertx.core.MultiMap;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes a caller of the headers that the bridge adds and no browser can. It remembers the sessions
 * that called last, since one session's headers stay the same until its token changes. Confined to
 * one event loop.
 */
final class Callers {

  private static final String SUBJECT = "eb-subject";
  private static final String SESSION = "eb-session";
  private static final String CLAIMS = "eb-claims";

  private record Known(@Nullable String subject, @Nullable String claims, Caller caller) {

    boolean says(@Nullable String subject, @Nullable String claims) {
      return Objects.equals(this.subject, subject) && Objects.equals(this.claims, claims);
    }
  }

  private final Map<String, Known> bySession;

  /** Remembers so many sessions. */
  Callers(int most) {
    this.bySession = new Recent(most);
  }

  /**
   * Who sent a message; {@link Caller#internal()} if it did not come through the bridge.
   *
   * @throws IllegalArgumentException if the headers are not as the bridge writes them
   */
  Caller of(MultiMap headers) {
    String session = headers.get(SESSION);
    if (session == null) {
      return Caller.internal();
    }
    String subject = headers.get(SUBJECT);
    String claims = headers.get(CLAIMS);
    Known known = bySession.get(session);
    if (known == null || !known.says(subject, claims)) {
      known = new Known(subject, claims, caller(session, subject, claims));
      bySession.put(session, known);
    }
    return known.caller;
  }

  private static Caller caller(String session, @Nullable String subject, @Nullable String claims) {
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

  /** Forgets whoever has been silent longest. */
  private static final class Recent extends LinkedHashMap<String, Known> {

    private static final long serialVersionUID = 1L;

    private final int most;

    Recent(int most) {
      super(16, 0.75f, true);
      this.most = most;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
      return size() > most;
    }
  }
}
