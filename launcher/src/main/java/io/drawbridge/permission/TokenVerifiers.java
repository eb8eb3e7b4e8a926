package io.drawbridge.permission;

import io.drawbridge.config.AuthConfig;
import io.drawbridge.config.LimitsConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** Opens the verifier that the settings ask for: of the embedded issuer, of files, of a JWKS. */
public final class TokenVerifiers {

  private TokenVerifiers() {}

  /**
   * Opens with the default bound on a token's length.
   *
   * @return fails with a sentence for ops when there is no usable key
   */
  public static Future<TokenVerifier> open(Vertx vertx, AuthConfig config, Path dataDirectory) {
    return open(vertx, config, LimitsConfig.defaults().tokenBytes(), dataDirectory);
  }

  /** Opens with the bound {@code limits.tokenBytes}. */
  public static Future<TokenVerifier> open(
      Vertx vertx, AuthConfig config, int tokenBytes, Path dataDirectory) {
    var check = new TokenCheck(TokenClaims.of(config, Clock.systemUTC()), tokenBytes);
    return vertx.executeBlocking(
        () -> {
          TokenKey key =
              new JwkReader(List.of(EmbeddedKey.ALGORITHM))
                  .read(EmbeddedKey.openOrCreate(dataDirectory).jwk(), null);
          var keys = new TokenKeys(List.of(key));
          return token -> Future.succeededFuture(check.check(token, keys));
        });
  }
}
