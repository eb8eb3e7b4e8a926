package io.drawbridge.permission;

import io.drawbridge.config.AuthConfig;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a token with a good signature must say before it counts.
 *
 * @param issuer what {@code iss} must be; null with the embedded issuer, whose key signs for nobody
 *     else
 * @param audience what {@code aud} must hold one of; empty with the embedded issuer
 * @param authorities the path of the claim with the authorities
 */
record TokenClaims(
    @Nullable String issuer,
    List<String> audience,
    String authorities,
    int leewaySeconds,
    Clock clock) {

  private static final int MOST_LEEWAY = 60;

  /** The last second of the year 9999. */
  private static final long LATEST = 253_402_300_799L;

  /** The longest subject; it becomes a part of addresses and a column in databases. */
  private static final int SUBJECT_LENGTH = 255;

  TokenClaims {
    audience = List.copyOf(audience);
    leewaySeconds = Math.min(leewaySeconds, MOST_LEEWAY);
  }

  static TokenClaims of(AuthConfig config, Clock clock) {
    return config.external()
        ? new TokenClaims(
            config.issuer(), config.audience(), config.authorities(), config.leewaySeconds(), clock)
        : embedded(config.leewaySeconds(), clock);
  }

  static TokenClaims embedded(int leewaySeconds, Clock clock) {
    return new TokenClaims(null, List.of(), EMBEDDED_AUTHORITIES, leewaySeconds, clock);
  }

  /** Where the embedded issuer writes the authorities. */
  static final String EMBEDDED_AUTHORITIES = "permissions";

  /** Who the token stands for, or why it doesn't count. */
  TokenVerifier.Verification check(Map<String, Object> claims) {
    if (!(claims.get("exp") instanceof Number exp) || !sane(exp)) {
      return refused("the token has no valid exp");
    }
    double now = clock.millis() / 1000.0;
    if (now >= exp.doubleValue() + leewaySeconds) {
      return new TokenVerifier.Verification.Refused(true, "the token has expired");
    }
    String problem = problem(claims, now + leewaySeconds);
    if (problem != null) {
      return refused(problem);
    }
    return claims.get("sub") instanceof String name && named(name)
        ? accepted(name, claims, exp)
        : refused("the token names no valid subject");
  }

  private @Nullable String problem(Map<String, Object> claims, double latestStart) {
    if (startsLater(claims.get("nbf"), latestStart)) {
      return "the token is not valid yet";
    }
    if (startsLater(claims.get("iat"), latestStart)) {
      return "the token was issued in the future";
    }
    if (issuer != null && !issuer.equals(claims.get("iss"))) {
      return "the token is from another issuer";
    }
    if (!audience.isEmpty()
        && strings(claims.get("aud"), false).stream().noneMatch(audience::contains)) {
      return "the token is for another audience";
    }
    return null;
  }

  private static boolean startsLater(@Nullable Object time, double latest) {
    return time != null && !(time instanceof Number n && sane(n) && n.doubleValue() <= latest);
  }

  private static boolean sane(Number seconds) {
    double value = seconds.doubleValue();
    return value >= 0 && value <= LATEST;
  }

  private static boolean named(String subject) {
    return !subject.isEmpty()
        && subject.length() <= SUBJECT_LENGTH
        && subject.chars().noneMatch(Character::isISOControl);
  }

  private TokenVerifier.Verification accepted(
      String subject, Map<String, Object> claims, Number exp) {
    Object path = claims.get(authorities);
    Set<String> granted = strings(path == null ? nested(claims) : path, true);
    var end = Instant.ofEpochMilli((long) (exp.doubleValue() * 1000));
    return new TokenVerifier.Verification.Accepted(new Subject(subject, granted, claims, end));
  }

  private @Nullable Object nested(Map<String, Object> claims) {
    Object value = claims;
    for (String step : authorities.split("\\.", -1)) {
      value = value instanceof Map<?, ?> map ? map.get(step) : null;
    }
    return value;
  }

  /** An array's strings, or one string, cut at its spaces where that is meant. */
  private static Set<String> strings(@Nullable Object value, boolean cut) {
    var strings = new HashSet<String>();
    if (value instanceof Collection<?> list) {
      list.forEach(
          each -> {
            if (each instanceof String text) {
              strings.add(text);
            }
          });
    } else if (value instanceof String text) {
      strings.addAll(cut ? Arrays.asList(text.split(" ")) : List.of(text));
    }
    strings.remove("");
    return strings;
  }

  private static TokenVerifier.Verification refused(String message) {
    return new TokenVerifier.Verification.Refused(false, message);
  }
}
