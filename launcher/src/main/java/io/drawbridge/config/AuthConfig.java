package io.drawbridge.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whose tokens count. Without {@code jwks} and {@code keys} the embedded issuer signs, with a key
 * of its own under the data folder.
 *
 * @param jwks where an external issuer publishes its keys
 * @param keys PEM and JWK files of an external issuer
 * @param algorithms the algorithms that a token may be signed with
 * @param issuer what {@code iss} must be; must be set with an external issuer
 * @param audience what {@code aud} must hold one of; must be set with an external issuer
 * @param authorities the path of the claim that lists the authorities: {@code permissions}, {@code
 *     scope}, {@code realm_access.roles}
 * @param claims the claims that handlers get to see
 * @param cookie the cookie that may bring a token, if any
 * @param queryToken whether {@code ?token=} may bring one
 * @param login the embedded sign-in
 */
public record AuthConfig(
    @Nullable URI jwks,
    List<KeyFile> keys,
    List<String> algorithms,
    @Nullable String issuer,
    List<String> audience,
    String authorities,
    List<String> claims,
    int leewaySeconds,
    int jwksRefreshSeconds,
    @Nullable String cookie,
    boolean queryToken,
    Login login) {

  public AuthConfig {
    keys = List.copyOf(keys);
    algorithms = List.copyOf(algorithms);
    audience = List.copyOf(audience);
    claims = List.copyOf(claims);
    boolean external = jwks != null || !keys.isEmpty();
    Checks checks =
        new Checks("/auth")
            .bounds("leewaySeconds", leewaySeconds)
            .bounds("jwksRefreshSeconds", jwksRefreshSeconds)
            .format("authorities", "claim-path", authorities)
            .that(!algorithms.isEmpty(), "algorithms", "the list is empty", "Name at least one")
            .that(
                !external || issuer != null,
                "issuer",
                "is missing, and jwks or keys name an external issuer",
                "Say whose tokens count: what their iss must be")
            .that(
                !external || !audience.isEmpty(),
                "audience",
                "is empty, and jwks or keys name an external issuer",
                "Say for whom tokens must be meant: what their aud must hold");
    for (int i = 0; i < keys.size(); i++) {
      String algorithm = keys.get(i).algorithm();
      checks.that(
          algorithm == null || algorithms.contains(algorithm),
          "keys/" + i + "/algorithm",
          algorithm + " is not among auth.algorithms",
          "Add it there, so that tokens signed with it count");
    }
    checks.done();
  }

  /** Whether somebody else signs the tokens. */
  public boolean external() {
    return jwks != null || !keys.isEmpty();
  }

  /**
   * A file with a public key or a shared secret.
   *
   * @param algorithm the one algorithm that this key verifies; for a JWK that names its own, null
   */
  public record KeyFile(Path file, @Nullable String algorithm) {}

  /**
   * The embedded sign-in.
   *
   * @param users the file with people and their hashed passwords
   * @param tokenSeconds how long a token lives
   * @param perMinuteAddress tries that one client address has per minute
   * @param perMinuteUser tries that one user name has per minute
   * @param waiting passwords that may wait to be checked
   */
  public record Login(
      Path users, int tokenSeconds, int perMinuteAddress, int perMinuteUser, int waiting) {

    public Login {
      new Checks("/auth/login")
          .bounds("tokenSeconds", tokenSeconds)
          .bounds("perMinuteAddress", perMinuteAddress)
          .bounds("perMinuteUser", perMinuteUser)
          .bounds("waiting", waiting)
          .done();
    }
  }
}
