package io.drawbridge.permission;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes a verifying key of a JWK: fixes its one algorithm and refuses what is weak.
 *
 * @param allowed the algorithms of the settings, in their order
 */
record JwkReader(List<JWSAlgorithm> allowed) {

  private static final int RSA_BITS = 2048;

  JwkReader {
    allowed = List.copyOf(allowed);
  }

  /**
   * Reads a key.
   *
   * @param algorithm what the settings say that it verifies; null lets the key say so
   * @throws UnusableKeyException with what is wrong with it, never with the key
   */
  TokenKey read(JWK jwk, @Nullable String algorithm) throws UnusableKeyException {
    if (!forSignatures(jwk)) {
      throw new UnusableKeyException("is not meant for verifying (use, key_ops)");
    }
    JWSAlgorithm one = algorithm(jwk, algorithm);
    if (!allowed.contains(one)) {
      throw new UnusableKeyException("is for " + one + ", which auth.algorithms does not list");
    }
    try {
      return new TokenKey(jwk.getKeyID(), one, verifier(jwk, one));
    } catch (JOSEException cause) {
      throw new UnusableKeyException("does not fit " + one);
    }
  }

  private static boolean forSignatures(JWK jwk) {
    Set<KeyOperation> operations = jwk.getKeyOperations();
    return (jwk.getKeyUse() == null || jwk.getKeyUse().equals(KeyUse.SIGNATURE))
        && (operations == null
            || operations.contains(KeyOperation.VERIFY)
            || operations.contains(KeyOperation.SIGN));
  }

  /** The settings and the key must agree; where both are silent, the first allowed that fits. */
  private JWSAlgorithm algorithm(JWK jwk, @Nullable String configured) throws UnusableKeyException {
    String own = jwk.getAlgorithm() == null ? null : jwk.getAlgorithm().getName();
    if (own != null && configured != null && !own.equals(configured)) {
      throw new UnusableKeyException("says " + own + ", but the settings say " + configured);
    }
    String named = configured == null ? own : configured;
    if (named != null) {
      return JWSAlgorithm.parse(named);
    }
    return allowed.stream()
        .filter(each -> fits(jwk, each))
        .findFirst()
        .orElseThrow(() -> new UnusableKeyException("fits none of auth.algorithms"));
  }

  private static boolean fits(JWK jwk, JWSAlgorithm algorithm) {
    if (jwk instanceof RSAKey) {
      return JWSAlgorithm.Family.RSA.contains(algorithm);
    }
    if (jwk instanceof ECKey ec) {
      return Curve.forJWSAlgorithm(algorithm) != null
          && Curve.forJWSAlgorithm(algorithm).contains(ec.getCurve());
    }
    if (jwk instanceof OctetKeyPair pair) {
      return JWSAlgorithm.EdDSA.equals(algorithm) && Curve.Ed25519.equals(pair.getCurve());
    }
    return jwk instanceof OctetSequenceKey && JWSAlgorithm.Family.HMAC_SHA.contains(algorithm);
  }

  private static JWSVerifier verifier(JWK jwk, JWSAlgorithm algorithm)
      throws JOSEException, UnusableKeyException {
    if (!fits(jwk, algorithm)) {
      throw new UnusableKeyException(
          "is a " + jwk.getKeyType() + " key, which can't be " + algorithm);
    }
    if (jwk instanceof RSAKey rsa) {
      if (rsa.size() < RSA_BITS) {
        throw new UnusableKeyException("has " + rsa.size() + " bits; RSA needs 2048 or more");
      }
      return new RSASSAVerifier(rsa.toRSAPublicKey());
    }
    if (jwk instanceof ECKey ec) {
      return new ECDSAVerifier(ec.toECPublicKey());
    }
    if (jwk instanceof OctetKeyPair pair) {
      return new Ed25519Check(pair);
    }
    OctetSequenceKey secret = (OctetSequenceKey) jwk;
    int bits = Integer.parseInt(algorithm.getName().substring(2));
    if (secret.size() < bits) {
      throw new UnusableKeyException(
          "has " + secret.size() / 8 + " bytes; " + algorithm + " needs " + bits / 8 + " or more");
    }
    return new MACVerifier(secret.toByteArray());
  }
}
