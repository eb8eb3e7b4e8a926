package io.drawbridge.permission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import io.drawbridge.config.AuthConfig;
import io.drawbridge.config.ConfigException;
import io.drawbridge.permission.TokenVerifier.Verification.Accepted;
import io.drawbridge.permission.TokenVerifier.Verification.Refused;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFilesTest {

  private static final String CLAIMS = "{\"sub\":\"alice\",\"exp\":9999999999}";
  private static final List<JWSAlgorithm> ALL =
      List.of(
          JWSAlgorithm.RS256,
          JWSAlgorithm.PS256,
          JWSAlgorithm.ES256,
          JWSAlgorithm.ES384,
          JWSAlgorithm.HS256,
          JWSAlgorithm.EdDSA);

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "RSA, , RS256, SHA256withRSA",
    "EC, secp256r1, ES256, SHA256withECDSAinP1363Format",
    "EC, secp384r1, ES384, SHA384withECDSAinP1363Format",
    "Ed25519, , EdDSA, Ed25519"
  })
  void aPublicKeyInPemVerifiesItsTokens(String kind, String curve, String alg, String signature)
      throws Exception {
    KeyPair pair = pair(kind, curve);
    var keys = read(pem("PUBLIC KEY", pair.getPublic().getEncoded()), alg);
    String token = Tokens.signed(pair.getPrivate(), signature, header(alg, null), CLAIMS);
    String named = Tokens.signed(pair.getPrivate(), signature, header(alg, "abc"), CLAIMS);
    String foreign =
        Tokens.signed(pair(kind, curve).getPrivate(), signature, header(alg, null), CLAIMS);

    assertThat(check(token, keys)).isInstanceOf(Accepted.class);
    assertThat(check(named, keys)).as("a PEM key has no name").isInstanceOf(Accepted.class);
    assertThat(check(foreign, keys)).isInstanceOf(Refused.class);
    assertThat(check(token.replaceFirst("\\.[^.]*$", ".AAAA"), keys)).isInstanceOf(Refused.class);
  }

  @Test
  void aCertificateVerifiesTheTokensOfItsKey() throws Exception {
    var keys = read(Files.readString(resource("certificate.pem")), "RS256");

    assertThat(keys.keys()).hasSize(1);
    assertThat(keys.keys().get(0).algorithm()).isEqualTo(JWSAlgorithm.RS256);
  }

  @Test
  void aSetOfKeysIsReadByNameAndItsPrivatePartsDoNoHarm() throws Exception {
    KeyPair ec = pair("EC", "secp256r1");
    var jwk =
        new ECKey.Builder(Curve.P_256, (ECPublicKey) ec.getPublic())
            .privateKey(ec.getPrivate())
            .keyID("ec")
            .algorithm(JWSAlgorithm.ES256)
            .build();
    String rsa = FakeIssuer.Key.rsa("rsa").published().toJSONString();
    var keys = read("{\"keys\":[" + rsa + "," + jwk.toJSONString() + "]}", null);
    String signature = "SHA256withECDSAinP1363Format";

    assertThat(
            check(Tokens.signed(ec.getPrivate(), signature, header("ES256", "ec"), CLAIMS), keys))
        .isInstanceOf(Accepted.class);
    assertThat(
            check(Tokens.signed(ec.getPrivate(), signature, header("ES256", null), CLAIMS), keys))
        .as("the only one of its algorithm")
        .isInstanceOf(Accepted.class);
    assertThat(
            check(Tokens.signed(ec.getPrivate(), signature, header("ES256", "rsa"), CLAIMS), keys))
        .isInstanceOf(Refused.class);
  }

  @Test
  void aKeyThatNamesNoAlgorithmGetsTheFirstAllowedThatFits() throws Exception {
    KeyPair rsa = pair("RSA", null);
    String pem = pem("PUBLIC KEY", rsa.getPublic().getEncoded());

    assertThat(read(pem, null).keys().get(0).algorithm()).isEqualTo(JWSAlgorithm.RS256);
    assertThat(read(pem, "PS256").keys().get(0).algorithm()).isEqualTo(JWSAlgorithm.PS256);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 16, 31})
  void aShortSecretIsRefused(int bytes) {
    String jwk = new OctetSequenceKey.Builder(new byte[bytes]).keyID("x").build().toJSONString();

    assertMistake(jwk, "HS256", "has " + bytes + " bytes; HS256 needs 32 or more");
  }

  @Test
  void whatIsNoUsableKeyIsAMistakeWithItsPlace() throws Exception {
    KeyPair rsa = pair("RSA", null);
    String pem = pem("PUBLIC KEY", rsa.getPublic().getEncoded());
    String weak = pem("PUBLIC KEY", FakeIssuer.Key.rsa("x", 1024).pair().getPublic().getEncoded());

    assertMistake("", null, "is neither JSON nor PEM");
    assertMistake("sesame", null, "is neither JSON nor PEM");
    assertMistake("{\"kty\":\"sesame\"}", null, "can't be read as a key");
    assertMistake("{\"keys\":[]}", null, "set is empty");
    assertMistake(pem("PRIVATE KEY", rsa.getPrivate().getEncoded()), null, "is private");
    assertMistake(pem("PUBLIC KEY", new byte[40]), null, "is broken");
    assertMistake(pem("SESAM", new byte[40]), null, "unknown kind");
    assertMistake(pem + "\n" + pem, null, "is not alone");
    assertMistake(pem, "ES256", "is a RSA key, which can't be ES256");
    assertMistake(pem, "RS512", "auth.algorithms does not list");
    assertMistake(pem, "none", "auth.algorithms does not list");
    assertMistake(pem, "HS256", "is a RSA key, which can't be HS256");
    assertMistake(weak, "RS256", "has 1024 bits");
    assertMistake(
        FakeIssuer.Key.rsa("x").published().toJSONString(),
        "PS256",
        "says RS256, but the settings");
    assertMistake(
        "{\"kty\":\"oct\",\"use\":\"enc\",\"k\":\"" + "A".repeat(43) + "\"}",
        "HS256",
        "is not meant for verifying");
  }

  private void assertMistake(String text, String algorithm, String problem) {
    assertThatThrownBy(() -> read(text, algorithm))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("/auth/keys/0")
        .hasMessageContaining(problem)
        .hasMessageNotContaining("sesame");
  }

  private TokenKeys read(String text, String algorithm) throws Exception {
    Path file = Files.writeString(folder.resolve("key"), text);
    var files = List.of(new AuthConfig.KeyFile(file, algorithm));
    return new TokenKeys(KeyFiles.read(files, new JwkReader(ALL)));
  }

  private static TokenVerifier.Verification check(String token, TokenKeys keys) {
    var claims = new TokenClaims(null, List.of(), "permissions", 5, Clock.systemUTC());
    return new TokenCheck(claims, 16_384).check(token, keys);
  }

  private static KeyPair pair(String kind, String curve) throws Exception {
    var generator = KeyPairGenerator.getInstance(kind);
    if (curve != null) {
      generator.initialize(new ECGenParameterSpec(curve));
    }
    return generator.generateKeyPair();
  }

  private static String header(String alg, String kid) {
    return "{\"alg\":\"" + alg + "\"" + (kid == null ? "" : ",\"kid\":\"" + kid + "\"") + "}";
  }

  private static String pem(String type, byte[] der) {
    return "-----BEGIN %s-----%n%s%n-----END %s-----"
        .formatted(type, Base64.getMimeEncoder().encodeToString(der), type);
  }

  private static Path resource(String name) throws Exception {
    return Path.of(KeyFilesTest.class.getResource(name).toURI());
  }
}
