package io.drawbridge.signin;

import io.drawbridge.permission.EmbeddedKey;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;

/** Issues the embedded issuer's tokens. */
public final class SigningKey {

  private final EmbeddedKey key;
  private final Clock clock;

  private SigningKey(EmbeddedKey key, Clock clock) {
    this.key = key;
    this.clock = clock;
  }

  /**
   * Reads the key of the data folder, or makes one that only its owner may read. Reads files.
   *
   * @throws IllegalStateException with a sentence for ops when the key can't be used
   */
  public static SigningKey openOrCreate(Path dataDirectory) {
    return new SigningKey(EmbeddedKey.openOrCreate(dataDirectory), Clock.systemUTC());
  }

  /**
   * Issues a token.
   *
   * @param subject who it stands for; not empty
   * @param authorities what it grants
   * @param ttl how long it counts, in whole seconds
   */
  public String token(String subject, Collection<String> authorities, Duration ttl) {
    if (subject.isBlank()) {
      throw new IllegalArgumentException("a token needs a subject");
    }
    if (ttl.toSeconds() < 1) {
      throw new IllegalArgumentException("a token must count for a second at least");
    }
    long now = clock.instant().getEpochSecond();
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("sub", subject);
    claims.put("permissions", new TreeSet<>(authorities));
    claims.put("iat", now);
    claims.put("exp", now + ttl.toSeconds());
    claims.put("jti", UUID.randomUUID().toString());
    return key.sign(claims);
  }
}
