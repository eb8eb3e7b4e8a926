package io.drawbridge.permission;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who a session acts for: what a verified token says, or nobody.
 *
 * @param name the token's {@code sub}; empty for an anonymous session
 * @param authorities what the token grants
 * @param claims all claims of the token
 * @param expiresAt when the token ends; null for an anonymous session
 */
public record Subject(
    String name, Set<String> authorities, Map<String, Object> claims, @Nullable Instant expiresAt) {

  public static final Subject ANONYMOUS = new Subject("", Set.of(), Map.of(), null);

  public Subject {
    authorities = Set.copyOf(authorities);
    claims = Collections.unmodifiableMap(new LinkedHashMap<>(claims));
  }

  /** Whether a token stands behind this subject. */
  public boolean signedIn() {
    return expiresAt != null;
  }
}
