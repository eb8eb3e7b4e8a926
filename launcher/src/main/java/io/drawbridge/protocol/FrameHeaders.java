package io.drawbridge.protocol;

import io.vertx.core.MultiMap;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The headers of one frame, with what must not reach the bus taken out.
 *
 * @param forBus what goes on: no {@code Authorization}, nothing that begins with {@code eb-}
 * @param token the bearer token that {@code Authorization} held
 * @param recover whether {@code eb-recover} asks for what was missed
 */
record FrameHeaders(MultiMap forBus, @Nullable String token, boolean recover) {

  private static final String BEARER = "bearer ";

  /** For the many frames that have none. */
  static FrameHeaders none() {
    return new FrameHeaders(MultiMap.caseInsensitiveMultiMap(), null, false);
  }

  /** Reads a JSON object of headers; null if it is none. */
  static @Nullable FrameHeaders read(Map<?, ?> json, int most) {
    MultiMap forBus = MultiMap.caseInsensitiveMultiMap();
    String token = null;
    boolean recover = false;
    int count = 0;
    for (Map.Entry<?, ?> entry : json.entrySet()) {
      String name = String.valueOf(entry.getKey());
      Collection<?> values =
          entry.getValue() instanceof Collection<?> list ? list : listOf(entry.getValue());
      count += values.size();
      if (count > most || name.isEmpty() || unclean(name)) {
        return null;
      }
      for (Object value : values) {
        String text = text(value);
        if (text == null) {
          return null;
        }
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.equals("authorization")) {
          token = bearer(text);
        } else if (lower.equals("eb-recover")) {
          recover = true;
        } else if (!lower.startsWith("eb-")) {
          forBus.add(name, text);
        }
      }
    }
    return new FrameHeaders(forBus, token, recover);
  }

  private static Collection<?> listOf(@Nullable Object value) {
    return value == null ? Collections.singletonList(null) : List.of(value);
  }

  /** A header's value; null for what none can be. */
  private static @Nullable String text(@Nullable Object value) {
    if (value instanceof String text) {
      return unclean(text) ? null : text;
    }
    return value instanceof Number || value instanceof Boolean ? value.toString() : null;
  }

  private static boolean unclean(String text) {
    return text.chars().anyMatch(c -> Character.isISOControl(c) && c != '\t');
  }

  private static @Nullable String bearer(String authorization) {
    boolean bearer = authorization.regionMatches(true, 0, BEARER, 0, BEARER.length());
    return bearer ? authorization.substring(BEARER.length()).strip() : null;
  }

  @Override
  public String toString() {
    return "FrameHeaders" + forBus.names();
  }
}
