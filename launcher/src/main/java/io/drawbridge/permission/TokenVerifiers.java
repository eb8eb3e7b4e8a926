package io.drawbridge.permission;

import com.nimbusds.jose.JWSAlgorithm;
import io.drawbridge.config.AuthConfig;
import io.drawbridge.config.ConfigException;
import io.drawbridge.permission.TokenVerifier.Verification.Refused;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Base64;
import java.util.List;

/** Opens the verifier that the settings ask for: of the embedded issuer, of files, of a JWKS. */
public final class TokenVerifiers {

  private TokenVerifiers() {}

  /**
   * Opens it. With a JWKS the keys are fetched first, with some tries.
   *
   * @param tokenBytes the longest token, {@code limits.tokenBytes}
   * @return fails with a sentence for ops when there is no usable key
   */
  public static Future<TokenVerifier> open(
      Vertx vertx, AuthConfig config, int tokenBytes, Path dataDirectory) {
    var check = new TokenCheck(TokenClaims.of(config, Clock.systemUTC()), tokenBytes);
    return source(vertx, config, dataDirectory, JwksSource.Pace.DEFAULT)
        .compose(source -> proven(new JwtVerifier(vertx, check, source), source));
  }

  /**
   * Looks at the key files as a start would. Reads files.
   *
   * @throws ConfigException with all mistakes
   */
  public static void check(AuthConfig config) {
    KeyFiles.read(config.keys(), reader(config));
  }

  private static JwkReader reader(AuthConfig config) {
    return new JwkReader(config.algorithms().stream().map(JWSAlgorithm::parse).toList());
  }

  static Future<KeySource> source(
      Vertx vertx, AuthConfig config, Path dataDirectory, JwksSource.Pace pace) {
    if (!config.external()) {
      return vertx.executeBlocking(() -> embedded(dataDirectory));
    }
    JwkReader reader = reader(config);
    Future<List<TokenKey>> files =
        vertx.executeBlocking(() -> KeyFiles.read(config.keys(), reader));
    URI jwks = config.jwks();
    return jwks == null
        ? files.map(keys -> KeySource.fixed(new TokenKeys(keys)))
        : files.compose(
            keys ->
                new JwksSource(vertx, jwks, reader, keys, pace).open(config.jwksRefreshSeconds()));
  }

  /** The list of algorithms is for other people's keys; ours has one that nobody chooses. */
  private static KeySource embedded(Path dataDirectory) throws UnusableKeyException {
    var reader = new JwkReader(List.of(EmbeddedKey.ALGORITHM));
    TokenKey key = reader.read(EmbeddedKey.openOrCreate(dataDirectory).jwk(), null);
    return KeySource.fixed(new TokenKeys(List.of(key)));
  }

  /** No key, no start; and no start with a verifier that takes what nobody signed. */
  static Future<TokenVerifier> proven(TokenVerifier verifier, KeySource source) {
    if (source.keys().keys().isEmpty()) {
      return Future.failedFuture(
          new IllegalStateException("auth: there is no key that could verify a token"));
    }
    return verifier
        .verify(unsigned())
        .compose(
            answer ->
                answer instanceof Refused
                    ? Future.succeededFuture(verifier)
                    : Future.failedFuture(
                        new IllegalStateException("auth: an unsigned token was accepted")));
  }

  private static String unsigned() {
    long hour = Clock.systemUTC().instant().getEpochSecond() + 3600;
    return base64("{\"alg\":\"none\"}")
        + "."
        + base64("{\"sub\":\"x\",\"exp\":" + hour + "}")
        + ".";
  }

  private static String base64(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }
}
