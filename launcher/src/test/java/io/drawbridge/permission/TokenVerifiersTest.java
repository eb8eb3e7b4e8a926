package io.drawbridge.permission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import io.drawbridge.permission.TokenVerifier.Verification.Accepted;
import io.drawbridge.permission.TokenVerifier.Verification.Refused;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenVerifiersTest {

  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() throws Exception {
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  @Test
  void withoutAKeyThereIsNoStart() {
    var noKeys = KeySource.fixed(new TokenKeys(List.of()));
    TokenVerifier refusing = token -> Future.succeededFuture(new Refused(false, "no"));

    assertThatThrownBy(() -> TokenVerifiers.proven(refusing, noKeys).await(10, TimeUnit.SECONDS))
        .hasMessageContaining("there is no key");
  }

  @Test
  void aVerifierThatTakesAnUnsignedTokenIsNotStarted() throws Exception {
    var accepted =
        new Accepted(new Subject("x", Set.of(), Map.of(), Instant.now().plusSeconds(60)));
    TokenVerifier gullible = token -> Future.succeededFuture(accepted);
    var keys =
        KeySource.fixed(
            new TokenKeys(
                List.of(
                    new JwkReader(List.of(JWSAlgorithm.RS256))
                        .read(FakeIssuer.Key.rsa("one").published(), null))));

    assertThatThrownBy(() -> TokenVerifiers.proven(gullible, keys).await(10, TimeUnit.SECONDS))
        .hasMessageContaining("an unsigned token was accepted");
  }

  @Test
  void nothingShowsAKey() throws Exception {
    byte[] secret = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    var jwk = new OctetSequenceKey.Builder(secret).keyID("one").build();
    var keys = new TokenKeys(List.of(new JwkReader(List.of(JWSAlgorithm.HS256)).read(jwk, null)));

    assertThat(keys.toString()).isEqualTo("TokenKeys[keys=[TokenKey[one, HS256]]]");
    assertThat(EmbeddedKey.openOrCreate(folder).toString()).matches("EmbeddedKey\\[[a-z0-9-]+]");
  }
}
