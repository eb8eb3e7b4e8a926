package io.drawbridge.permission;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import io.drawbridge.permission.TokenVerifier.Verification;
import io.drawbridge.permission.TokenVerifier.Verification.Accepted;
import io.drawbridge.permission.TokenVerifier.Verification.Refused;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenCheckTest {

  private static final long NOW = 1_800_000_000;
  private static final byte[] SECRET =
      "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final String HEADER = "{\"alg\":\"HS256\",\"kid\":\"one\"}";
  private static final String EXP = "\"sub\":\"alice\",\"exp\":" + (NOW + 60);

  private final Clock clock = Clock.fixed(Instant.ofEpochSecond(NOW), ZoneOffset.UTC);
  private final TokenKeys keys = keys(secret());

  @Test
  void aGoodTokenBecomesItsSubject() {
    var answer = check("{" + EXP + ",\"permissions\":[\"a\",\"b\",7,\"\"],\"tenant\":\"acme\"}");

    assertThat(answer).isInstanceOf(Accepted.class);
    var subject = ((Accepted) answer).subject();
    assertThat(subject.name()).isEqualTo("alice");
    assertThat(subject.authorities()).containsExactlyInAnyOrder("a", "b");
    assertThat(subject.claims()).containsEntry("tenant", "acme");
    assertThat(subject.expiresAt()).isEqualTo(Instant.ofEpochSecond(NOW + 60));
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "None", "NONE", "nOnE", "", "HS256 "})
  void anUnsignedTokenIsRefusedHoweverItSpellsIt(String none) {
    String header = "{\"alg\":\"" + none + "\",\"kid\":\"one\"}";
    String body = Tokens.unsigned(header, "{" + EXP + "}");

    assertRefused(verify(body + "."), "this is no signed token", TokenCheck.UNKNOWN_KEY.message());
    assertRefused(verify(body), "this is no signed token");
    assertRefused(
        verify(body + "." + Tokens.base64("x")),
        "this is no signed token",
        TokenCheck.UNKNOWN_KEY.message());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        "...",
        "a",
        "a.b",
        "a.b.c",
        "a.b.c.d",
        "e30.e30.e30",
        "é.é.é",
        "\n"
      })
  void whatIsNoTokenIsRefused(String text) {
    assertRefused(verify(text), "this is no signed token");
  }

  @Test
  void twoSegmentsOrFourAreRefusedThoughTheSignatureIsGood() {
    String good = Tokens.hs256(SECRET, HEADER, "{" + EXP + "}");
    assertThat(verify(good)).isInstanceOf(Accepted.class);

    assertRefused(verify(good.substring(0, good.lastIndexOf('.'))), "this is no signed token");
    assertRefused(verify(good + "."), "this is no signed token");
    assertRefused(verify(good + ".e30"), "this is no signed token");
  }

  @Test
  void aTokenOfAMegabyteIsRefusedUnread() {
    assertRefused(verify("a".repeat(1 << 20)), "the token is too long");
    assertRefused(
        verify(Tokens.hs256(SECRET, HEADER, "{" + EXP + ",\"x\":\"" + "y".repeat(20_000) + "\"}")),
        "the token is too long");
  }

  @Test
  void anotherSecretIsRefused() {
    byte[] other = SECRET.clone();
    other[0]++;

    assertRefused(
        verify(Tokens.hs256(other, HEADER, "{" + EXP + "}")), "the token's signature is wrong");
  }

  @Test
  void anUnknownKeyIsRefused() {
    assertRefused(
        verify(Tokens.hs256(SECRET, "{\"alg\":\"HS256\",\"kid\":\"two\"}", "{" + EXP + "}")),
        "the token is signed with an unknown key");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../../dev/null", "one' OR '1'='1", "/etc/passwd", "http://evil.example/key", ""})
  void aKeyIdIsComparedAndNeverFollowed(String kid) {
    String header = "{\"alg\":\"HS256\",\"kid\":\"" + kid + "\"}";

    assertRefused(
        verify(Tokens.hs256(SECRET, header, "{" + EXP + "}")),
        "the token is signed with an unknown key");
  }

  @Test
  void aPublicKeyIsNoSecret() throws Exception {
    KeyPair pair = rsa();
    var rsaKeys =
        keys(
            new com.nimbusds.jose.jwk.RSAKey.Builder(
                    (java.security.interfaces.RSAPublicKey) pair.getPublic())
                .keyID("one")
                .build());
    String confused = Tokens.hs256(pair.getPublic().getEncoded(), HEADER, "{" + EXP + "}");
    String good =
        Tokens.signed(
            pair.getPrivate(),
            "SHA256withRSA",
            "{\"alg\":\"RS256\",\"kid\":\"one\"}",
            "{" + EXP + "}");

    assertThat(checker().check(good, rsaKeys)).isInstanceOf(Accepted.class);
    assertRefused(checker().check(confused, rsaKeys), TokenCheck.UNKNOWN_KEY.message());
    assertRefused(
        checker().check(good.replaceFirst("^[^.]+", Tokens.base64(HEADER)), rsaKeys),
        TokenCheck.UNKNOWN_KEY.message());
  }

  @Test
  void aKeyVerifiesOneAlgorithmOnly() {
    byte[] secret = "0".repeat(64).getBytes(StandardCharsets.US_ASCII);
    var hs512 =
        keys(
            new OctetSequenceKey.Builder(secret)
                .keyID("one")
                .algorithm(JWSAlgorithm.HS512)
                .build());

    assertRefused(
        checker().check(Tokens.hs256(secret, HEADER, "{" + EXP + "}"), hs512),
        TokenCheck.UNKNOWN_KEY.message());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"jku\":\"http://127.0.0.1:1/keys\"",
        "\"x5u\":\"http://127.0.0.1:1/cert\"",
        "\"jwk\":{\"kty\":\"oct\",\"k\":\"AAAA\"}",
        "\"x5c\":[\"AAAA\"]"
      })
  void aKeyThatTheTokenBringsIsNotUsed(String parameter) {
    byte[] own = new byte[32];
    String header = "{\"alg\":\"HS256\",\"kid\":\"one\"," + parameter + "}";

    assertThat(verify(Tokens.hs256(own, header, "{" + EXP + "}"))).isInstanceOf(Refused.class);
  }

  @Test
  void anExtensionThatMustBeUnderstoodIsRefused() {
    String header = "{\"alg\":\"HS256\",\"kid\":\"one\",\"crit\":[\"x\"],\"x\":1}";
    String b64 = "{\"alg\":\"HS256\",\"kid\":\"one\",\"crit\":[\"b64\"],\"b64\":true}";

    assertThat(verify(Tokens.hs256(SECRET, header, "{" + EXP + "}"))).isInstanceOf(Refused.class);
    assertThat(verify(Tokens.hs256(SECRET, b64, "{" + EXP + "}"))).isInstanceOf(Refused.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'sub':'a'                                | the token has no valid exp",
        "'sub':'a','exp':null                     | the token has no valid exp",
        "'sub':'a','exp':'1900000000'             | the token has no valid exp",
        "'sub':'a','exp':true                     | the token has no valid exp",
        "'sub':'a','exp':[1900000000]             | the token has no valid exp",
        "'sub':'a','exp':-1                       | the token has no valid exp",
        "'sub':'a','exp':1e300                    | the token has no valid exp",
        "'sub':'a','exp':99999999999999999999     | the token has no valid exp",
        "'sub':'a','exp':1799999990               | the token has expired",
        "'sub':'a','exp':0                        | the token has expired",
        "'sub':'a','exp':1800000060,'nbf':1800000006 | the token is not valid yet",
        "'sub':'a','exp':1800000060,'nbf':'0'     | the token is not valid yet",
        "'sub':'a','exp':1800000060,'iat':1800000006 | the token was issued in the future",
        "'sub':'a','exp':1800000060,'iat':{}      | the token was issued in the future",
        "'exp':1800000060                         | the token names no valid subject",
        "'sub':'','exp':1800000060                | the token names no valid subject",
        "'sub':7,'exp':1800000060                 | the token names no valid subject",
        "'sub':'a\\nb','exp':1800000060           | the token names no valid subject"
      },
      quoteCharacter = '"')
  void aTokenIsRefusedWithTheReason(String claims, String reason) {
    assertRefused(check("{" + claims.strip().replace('\'', '"') + "}"), reason.strip());
  }

  @Test
  void onlyAnExpiredTokenIsCalledExpired() {
    var expired = (Refused) check("{\"sub\":\"a\",\"exp\":" + (NOW - 6) + "}");
    var wrong = (Refused) check("{\"sub\":\"a\"}");

    assertThat(expired.expired()).isTrue();
    assertThat(wrong.expired()).isFalse();
  }

  @Test
  void clocksMayDifferByTheLeewayAndNoMore() {
    assertThat(check("{\"sub\":\"a\",\"exp\":" + (NOW - 4) + "}")).isInstanceOf(Accepted.class);
    assertThat(check("{\"sub\":\"a\",\"exp\":" + (NOW - 5) + "}")).isInstanceOf(Refused.class);
    assertThat(check("{" + EXP + ",\"nbf\":" + (NOW + 5) + "}")).isInstanceOf(Accepted.class);
    assertThat(check("{" + EXP + ",\"iat\":" + (NOW + 5) + ".5}")).isInstanceOf(Refused.class);
    assertThat(new TokenClaims(null, List.of(), "p", 3600, clock).leewaySeconds()).isEqualTo(60);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "[]", "7", "\"x\"", "null", "{\"exp\":", "{\"a\":1}{\"b\":2}"})
  void aSignedBodyThatIsNoGoodObjectIsRefused(String claims) {
    assertThat(check(claims)).isInstanceOf(Refused.class);
  }

  @Test
  void issuerAndAudienceMustFit() {
    var claims = new TokenClaims("https://id.example", List.of("bridge", "b2"), "p", 5, clock);

    assertThat(said(claims, ",\"iss\":\"https://id.example\",\"aud\":\"bridge\""))
        .isInstanceOf(Accepted.class);
    assertThat(said(claims, ",\"iss\":\"https://id.example\",\"aud\":[\"x\",\"b2\"]"))
        .isInstanceOf(Accepted.class);
    assertRefused(
        said(claims, ",\"iss\":\"https://id.example\",\"aud\":\"other\""),
        "the token is for another audience");
    assertRefused(
        said(claims, ",\"iss\":\"https://id.example\",\"aud\":\"x bridge\""),
        "the token is for another audience");
    assertRefused(
        said(claims, ",\"iss\":\"https://id.example\""), "the token is for another audience");
    assertRefused(said(claims, ",\"aud\":\"bridge\""), "the token is from another issuer");
    assertRefused(
        said(claims, ",\"iss\":\"https://id.example/\",\"aud\":\"bridge\""),
        "the token is from another issuer");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "permissions        | {'permissions':['a','b']}",
        "permissions        | {'permissions':'a b'}",
        "scope              | {'scope':' a  b '}",
        "realm_access.roles | {'realm_access':{'roles':['a','b']}}",
        "https://x.example/roles | {'https://x.example/roles':['a','b']}"
      },
      quoteCharacter = '"')
  void authoritiesComeFromTheirClaim(String path, String claims) {
    var at = new TokenClaims(null, List.of(), path.strip(), 5, clock);

    var answer =
        said(at, "," + claims.strip().replace('\'', '"').substring(1).replaceFirst("}$", ""));

    assertThat(((Accepted) answer).subject().authorities()).containsExactlyInAnyOrder("a", "b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"realm_access\":null",
        "\"realm_access\":\"roles\"",
        "\"realm_access\":{\"roles\":{\"a\":1}}",
        "\"realm_access\":{\"roles\":7}",
        "\"realm_access\":[]"
      })
  void aClaimOfAnotherShapeGrantsNothing(String claim) {
    var at = new TokenClaims(null, List.of(), "realm_access.roles", 5, clock);

    assertThat(((Accepted) said(at, "," + claim)).subject().authorities()).isEmpty();
  }

  @Test
  void noRefusalQuotesTheToken() {
    String secret = "sesame";
    String header = "{\"alg\":\"HS256\",\"kid\":\"" + secret + "\",\"" + secret + "\":1}";

    for (String token :
        List.of(
            secret,
            Tokens.hs256(SECRET, header, "{" + EXP + "}"),
            Tokens.hs256(SECRET, HEADER, "{\"sub\":7,\"exp\":1800000060,\"" + secret + "\":1}"),
            Tokens.hs256(SECRET, HEADER, "{\"exp\":\"" + secret + "\"}"))) {
      assertThat(verify(token).toString()).doesNotContain(secret).doesNotContain(token);
    }
  }

  @Test
  void depthAndNoiseNeverThrow() {
    String deep = "[".repeat(5_000) + "]".repeat(5_000);
    assertThat(check("{" + EXP + ",\"x\":" + deep + "}")).isNotNull();
    assertThat(verify(Tokens.hs256(SECRET, "{\"alg\":\"HS256\",\"x\":" + deep + "}", "{}")))
        .isInstanceOf(Refused.class);

    String good = Tokens.hs256(SECRET, HEADER, "{" + EXP + "}");
    var random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      var noisy = new StringBuilder(good);
      for (int change = 0; change <= random.nextInt(3); change++) {
        noisy.setCharAt(random.nextInt(good.length()), (char) random.nextInt(128));
      }
      String token = noisy.toString();
      Verification answer = verify(token);
      // The last character of a segment holds bits that count for nothing.
      if (answer instanceof Accepted accepted) {
        assertThat(accepted.subject().name()).as(token).isEqualTo("alice");
      }
    }
  }

  private Verification check(String claims) {
    return verify(Tokens.hs256(SECRET, HEADER, claims));
  }

  private Verification verify(String token) {
    return checker().check(token, keys);
  }

  private Verification said(TokenClaims claims, String more) {
    return new TokenCheck(claims, 16_384)
        .check(Tokens.hs256(SECRET, HEADER, "{" + EXP + more + "}"), keys);
  }

  private TokenCheck checker() {
    return new TokenCheck(new TokenClaims(null, List.of(), "permissions", 5, clock), 16_384);
  }

  private static void assertRefused(Verification answer, String... reasons) {
    assertThat(answer).isInstanceOf(Refused.class);
    assertThat(((Refused) answer).message()).isIn((Object[]) reasons);
  }

  private static JWK secret() {
    return new OctetSequenceKey.Builder(SECRET).keyID("one").algorithm(JWSAlgorithm.HS256).build();
  }

  private static TokenKeys keys(JWK jwk) {
    var reader = new JwkReader(List.of(JWSAlgorithm.HS256, JWSAlgorithm.HS512, JWSAlgorithm.RS256));
    try {
      return new TokenKeys(List.of(reader.read(jwk, null)));
    } catch (UnusableKeyException unusable) {
      throw new IllegalArgumentException(unusable);
    }
  }

  private static KeyPair rsa() throws Exception {
    var generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    return generator.generateKeyPair();
  }
}
