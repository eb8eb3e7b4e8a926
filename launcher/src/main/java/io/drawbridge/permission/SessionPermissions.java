package io.drawbridge.permission;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/**
 * What one session was told already, so that a frame costs a look-up and no garbage. Belongs to the
 * session's event loop.
 */
public final class SessionPermissions {

  /** Addresses remembered per verb; one more, and all are forgotten. */
  public static final int REMEMBERED = 256;

  private final Permissions permissions;
  private final int remembered;
  private final Map<Verb, Map<String, Decision>> decisions = new EnumMap<>(Verb.class);
  private Subject subject = Subject.ANONYMOUS;
  private long version;

  public SessionPermissions(Permissions permissions) {
    this(permissions, REMEMBERED);
  }

  SessionPermissions(Permissions permissions, int remembered) {
    this.permissions = permissions;
    this.remembered = remembered;
    this.version = permissions.version();
  }

  /** As {@link Permissions#decide}; subjects are told apart by identity. */
  @SuppressWarnings("ReferenceEquality") // a refreshed token is another subject, even if it equals
  public Decision decide(Verb verb, String address, Subject asking) {
    long current = permissions.version();
    if (current != version || asking != subject) {
      decisions.clear();
      version = current;
      subject = asking;
    }
    Map<String, Decision> known = decisions.get(verb);
    Decision decision = known == null ? null : known.get(address);
    return decision == null ? remember(verb, address) : decision;
  }

  /** The version was read first: what moves meanwhile is noticed at the next frame. */
  private Decision remember(Verb verb, String address) {
    Decision decision = permissions.decide(verb, address, subject);
    Map<String, Decision> known = decisions.computeIfAbsent(verb, v -> new HashMap<>(4));
    if (known.size() >= remembered) {
      known.clear();
    }
    known.put(address, decision);
    return decision;
  }

  /** The most that is remembered for any verb. */
  int remembered() {
    return decisions.values().stream().mapToInt(Map::size).max().orElse(0);
  }
}
