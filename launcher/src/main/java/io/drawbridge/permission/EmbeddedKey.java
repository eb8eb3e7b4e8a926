package io.drawbridge.permission;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.text.ParseException;
import java.util.Map;
import java.util.UUID;

/**
 * The key of the embedded issuer: 32 random bytes for HS256, made at the first start, kept as a JWK
 * that only its owner may read. Who reads that file can be anybody.
 */
public final class EmbeddedKey {

  static final JWSAlgorithm ALGORITHM = JWSAlgorithm.HS256;
  private static final int BYTES = 32;

  private final OctetSequenceKey jwk;

  private EmbeddedKey(OctetSequenceKey jwk) {
    this.jwk = jwk;
  }

  /**
   * Reads {@code keys/signing.json} in the data folder, or makes it. Reads and writes files.
   *
   * @throws IllegalStateException with a sentence for ops: wrong rights, or no key in the file
   */
  public static EmbeddedKey openOrCreate(Path dataDirectory) {
    Path file = dataDirectory.resolve("keys").resolve("signing.json");
    return new EmbeddedKey(parse(file, OwnerOnlyFile.readOrCreate(file, EmbeddedKey::create)));
  }

  private static String create() {
    byte[] secret = new byte[BYTES];
    new SecureRandom().nextBytes(secret);
    return new OctetSequenceKey.Builder(secret)
            .algorithm(ALGORITHM)
            .keyID("embedded-" + UUID.randomUUID())
            .build()
            .toJSONString()
        + "\n";
  }

  private static OctetSequenceKey parse(Path file, String text) {
    try {
      if (JWK.parse(text) instanceof OctetSequenceKey key
          && key.size() >= BYTES * Byte.SIZE
          && key.getKeyID() != null
          && ALGORITHM.equals(key.getAlgorithm())) {
        return key;
      }
    } catch (ParseException notOne) {
      // Its message may quote the file, which holds a secret.
    }
    throw new IllegalStateException(
        file
            + " holds no HS256 key of 32 bytes: put back a copy, or remove it to have a new one made"
            + " (every token signed with the old one ends)");
  }

  /** Signs claims; the caller sees to {@code sub} and {@code exp}. */
  public String sign(Map<String, Object> claims) {
    var header = new JWSHeader.Builder(ALGORITHM).keyID(jwk.getKeyID()).build();
    var token = new JWSObject(header, new Payload(claims));
    try {
      token.sign(new MACSigner(jwk));
    } catch (JOSEException impossible) {
      throw new IllegalStateException("the embedded key can't sign", impossible);
    }
    return token.serialize();
  }

  JWK jwk() {
    return jwk;
  }

  @Override
  public String toString() {
    return "EmbeddedKey[" + jwk.getKeyID() + "]";
  }
}
