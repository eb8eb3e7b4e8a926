package io.drawbridge.plugin;

import io.vertx.core.json.JsonObject;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who asks: a browser's signed-in subject, an anonymous browser, or somebody inside the cluster.
 *
 * <p>What it says of a browser comes from a token that the bridge has verified, never from the
 * browser's word. It holds for this call alone: a token may be refreshed or expire, so ask each
 * time instead of keeping callers. Immutable; any thread may read it.
 *
 * <table>
 *   <caption>The three kinds of caller</caption>
 *   <tr><th></th><th>{@link #isInternal()}</th><th>{@link #isSignedIn()}</th></tr>
 *   <tr><td>another plugin, or code on the bus</td><td>true</td><td>false</td></tr>
 *   <tr><td>a browser without a token</td><td>false</td><td>false</td></tr>
 *   <tr><td>a browser with a token</td><td>false</td><td>true</td></tr>
 * </table>
 *
 * @param subject the token's subject; empty for an anonymous browser and for internal callers
 * @param authorities what the token grants
 * @param claims the token's claims that the setting {@code auth.claims} names, and no others
 * @param session the public id of the browser's session; null for internal callers. It says which
 *     connection asks, not who: rights come from the token
 */
public record Caller(
    String subject, Set<String> authorities, JsonObject claims, @Nullable String session) {

  private static final Caller INTERNAL = new Caller("", Set.of(), new JsonObject(), null);

  /** A caller made by hand, for tests. */
  public Caller {
    Objects.requireNonNull(subject, "subject");
    authorities = Set.copyOf(authorities);
    claims = claims.copy();
  }

  /** The caller of everything that does not come through the bridge. */
  public static Caller internal() {
    return INTERNAL;
  }

  /** The claims, as a copy that is the receiver's to change. */
  @Override
  public JsonObject claims() {
    return claims.copy();
  }

  /** Whether the call comes from inside the cluster rather than from a browser. */
  public boolean isInternal() {
    return session == null;
  }

  /** Whether a browser calls that has signed in. */
  public boolean isSignedIn() {
    return !subject.isEmpty();
  }

  /** Whether the token grants an authority; never for internal callers, who hold none. */
  public boolean holds(String authority) {
    return authorities.contains(authority);
  }
}
