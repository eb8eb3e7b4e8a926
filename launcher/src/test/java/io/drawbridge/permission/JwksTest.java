package io.drawbridge.permission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import io.drawbridge.permission.TokenVerifier.Verification;
import io.drawbridge.permission.TokenVerifier.Verification.Accepted;
import io.drawbridge.permission.TokenVerifier.Verification.Refused;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JwksTest {

  private static final FakeIssuer.Key ONE = FakeIssuer.Key.rsa("one");
  private static final FakeIssuer.Key TWO = FakeIssuer.Key.rsa("two");
  private static final Duration LONG = Duration.ofMinutes(10);

  private final Vertx vertx = Vertx.vertx();
  private FakeIssuer issuer;

  @BeforeEach
  void publish() throws Exception {
    issuer = new FakeIssuer(vertx, ONE);
  }

  @AfterEach
  void close() throws Exception {
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  @Test
  void aTokenOfAPublishedKeyIsGood() throws Exception {
    var verifier = open(Duration.ZERO);

    assertThat(verify(verifier, ONE.token("alice"))).isInstanceOf(Accepted.class);
    assertThat(issuer.fetches()).isEqualTo(1);
  }

  @Test
  void anUnknownKeyIsLookedForAndTheOldOneIsForgotten() throws Exception {
    var verifier = open(Duration.ZERO);
    issuer.publish(TWO);

    assertThat(verify(verifier, TWO.token("alice"))).isInstanceOf(Accepted.class);
    assertThat(verify(verifier, ONE.token("alice"))).isInstanceOf(Refused.class);
  }

  @Test
  void madeUpKeysCauseNoFloodOfFetches() throws Exception {
    var verifier = open(LONG);
    var stranger = FakeIssuer.Key.rsa("made-up");

    for (int i = 0; i < 50; i++) {
      assertThat(verify(verifier, stranger.token("mallory"))).isInstanceOf(Refused.class);
    }
    assertThat(issuer.fetches()).as("the one at start").isEqualTo(1);
  }

  @Test
  void manyThatWaitForOneKeyShareOneFetch() throws Exception {
    var verifier = open(Duration.ZERO);
    var asked = new CompletableFuture<HttpServerRequest>();
    issuer.behave(asked::complete);

    List<Future<Verification>> waiting =
        IntStream.range(0, 20).mapToObj(i -> verifier.verify(TWO.token("user" + i))).toList();

    asked.get(10, TimeUnit.SECONDS).response().end(set(TWO));
    for (Future<Verification> one : waiting) {
      assertThat(one.await(10, TimeUnit.SECONDS)).isInstanceOf(Accepted.class);
    }
    assertThat(issuer.fetches()).isEqualTo(2);
  }

  @Test
  void theAnswerComesOnTheCallersContext() throws Exception {
    var verifier = open(Duration.ZERO);
    issuer.publish(TWO);
    Context caller = vertx.getOrCreateContext();
    var seen = new CompletableFuture<Context>();

    caller.runOnContext(
        v ->
            verifier
                .verify(TWO.token("alice"))
                .onComplete(done -> seen.complete(Vertx.currentContext())));

    assertThat(seen.get(10, TimeUnit.SECONDS)).isSameAs(caller);
  }

  @Test
  void theLastGoodSetStaysWhileTheIssuerIsAway() throws Exception {
    var verifier = open(Duration.ZERO);
    List<Runnable> faults =
        List.of(
            () -> issuer.behave(request -> request.connection().close()),
            () -> issuer.behave(request -> request.response().setStatusCode(500).end()),
            () ->
                issuer.behave(
                    request ->
                        request.response().setStatusCode(302).putHeader("Location", "/x").end()),
            () -> issuer.answer("<html>"),
            () -> issuer.answer(""),
            () -> issuer.answer("{}"),
            () -> issuer.answer("{\"keys\":7}"),
            () -> issuer.answer("{\"keys\":[]}"),
            () -> issuer.answer("{\"keys\":[{\"kty\":\"RSA\"}]}"),
            () -> issuer.answer("[".repeat(10_000)),
            () -> issuer.answer("{\"keys\":[" + " ".repeat(600_000) + "]}"));

    for (Runnable fault : faults) {
      fault.run();
      assertThat(verify(verifier, TWO.token("alice"))).isInstanceOf(Refused.class);
      assertThat(verify(verifier, ONE.token("alice"))).isInstanceOf(Accepted.class);
    }
  }

  @Test
  void aSilentIssuerCostsTheTimeoutAndNoMore() throws Exception {
    var verifier = open(Duration.ZERO, Duration.ofMillis(1500));
    issuer.behave(request -> {});

    assertThat(verify(verifier, TWO.token("alice"))).isInstanceOf(Refused.class);

    issuer.behave(request -> request.response().setChunked(true).write("{\"keys\":["));
    assertThat(verify(verifier, TWO.token("alice"))).isInstanceOf(Refused.class);
    assertThat(verify(verifier, ONE.token("alice"))).isInstanceOf(Accepted.class);
  }

  @Test
  void aPublishedSecretAndAWeakKeyAreNoKeys() throws Exception {
    byte[] secret = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    String oct =
        new OctetSequenceKey.Builder(secret)
            .keyID("secret")
            .algorithm(JWSAlgorithm.HS256)
            .build()
            .toJSONString();
    var weak = FakeIssuer.Key.rsa("weak", 1024);
    issuer.answer(
        "{\"keys\":[%s,%s,{\"kty\":\"new\"},7,%s]}"
            .formatted(oct, weak.published().toJSONString(), ONE.published().toJSONString())
            .replace(",7,", ","));
    var verifier = open(Duration.ZERO);
    String exp =
        "{\"sub\":\"a\",\"exp\":9999999999,\"iss\":\"https://id.example\",\"aud\":\"bridge\"}";

    assertThat(verify(verifier, ONE.token("alice"))).isInstanceOf(Accepted.class);
    assertThat(verify(verifier, weak.token("alice"))).isInstanceOf(Refused.class);
    assertThat(
            verify(verifier, Tokens.hs256(secret, "{\"alg\":\"HS256\",\"kid\":\"secret\"}", exp)))
        .isInstanceOf(Refused.class);
  }

  @Test
  void keysAreFetchedAnewEverySoManySeconds() throws Exception {
    var source =
        source(issuer.uri(), LONG, Duration.ofSeconds(5)).open(1).await(10, TimeUnit.SECONDS);
    issuer.publish(TWO);

    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!"two".equals(source.keys().keys().get(0).id()) && System.nanoTime() < deadline) {
      vertx.timer(20, TimeUnit.MILLISECONDS).await(1, TimeUnit.SECONDS);
    }
    assertThat(source.keys().keys().get(0).id()).isEqualTo("two");
  }

  @Test
  void theStartFailsClearlyAfterSomeTriesWhenNoKeysCanBeHad() {
    issuer.behave(request -> request.response().setStatusCode(404).end());

    assertThatThrownBy(() -> open(Duration.ZERO))
        .hasMessageContaining("no keys from auth.jwks " + issuer.uri())
        .hasMessageContaining("status 404");
    assertThat(issuer.fetches()).isEqualTo(2);
  }

  @Test
  void theStartWaitsForAnIssuerThatIsLate() throws Exception {
    issuer.behave(
        request -> {
          issuer.publish(ONE);
          request.response().setStatusCode(503).end();
        });

    assertThat(verify(open(Duration.ZERO), ONE.token("alice"))).isInstanceOf(Accepted.class);
  }

  private static String set(FakeIssuer.Key key) {
    return "{\"keys\":[" + key.published().toJSONString() + "]}";
  }

  private TokenVerifier open(Duration between) throws Exception {
    return open(between, Duration.ofSeconds(10));
  }

  private TokenVerifier open(Duration between, Duration timeout) throws Exception {
    var claims =
        new TokenClaims(
            "https://id.example", List.of("bridge"), "permissions", 5, Clock.systemUTC());
    return source(issuer.uri(), between, timeout)
        .open(3600)
        .compose(
            source ->
                TokenVerifiers.proven(
                    new JwtVerifier(vertx, new TokenCheck(claims, 16_384), source), source))
        .await(20, TimeUnit.SECONDS);
  }

  private JwksSource source(URI uri, Duration between, Duration timeout) {
    var pace = new JwksSource.Pace(timeout, 2, Duration.ofMillis(10), between);
    var reader = new JwkReader(List.of(JWSAlgorithm.RS256, JWSAlgorithm.HS256));
    return new JwksSource(vertx, uri, reader, List.of(), pace);
  }

  private static Verification verify(TokenVerifier verifier, String token) throws Exception {
    return verifier.verify(token).await(20, TimeUnit.SECONDS);
  }
}
