package io.drawbridge.plugin;

import io.vertx.core.json.JsonObject;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who asks: a browser's signed-in subject, an anonymous browser, or somebody inside the cluster.
 *
 * @param subject the token's subject; empty for an anonymous browser and for internal callers
 * @param authorities what the token grants
 * @param claims the token's claims that {@code auth.claims} names, and no others
 * @param session the public id of the browser's session; null for internal callers
 */
public record Caller(
    String subject, Set<String> authorities, JsonObject claims, @Nullable String session) {

  private static final Caller INTERNAL = new Caller("", Set.of(), new JsonObject(), null);

  public Caller {
    Objects.requireNonNull(subject);
    authorities = Set.copyOf(authorities);
    claims = claims.copy();
  }

  /** The caller of everything that does not come through the bridge. */
  public static Caller internal() {
    return INTERNAL;
  }

  /** Whether the call comes from inside the cluster rather than from a browser. */
  public boolean isInternal() {
    return session == null;
  }

  /** Whether a browser calls that has signed in. */
  public boolean isSignedIn() {
    return !subject.isEmpty();
  }

  /** Whether the token grants an authority. */
  public boolean holds(String authority) {
    return authorities.contains(authority);
  }
}
