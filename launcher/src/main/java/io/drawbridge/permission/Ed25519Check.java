package io.drawbridge.permission;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.impl.BaseJWSProvider;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.util.Base64URL;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Set;

/** Verifies Ed25519 with the JDK; the library's own verifier would need Tink. */
final class Ed25519Check extends BaseJWSProvider implements JWSVerifier {

  /** What stands before the 32 bytes of a key in its DER form (RFC 8410). */
  private static final byte[] DER_PREFIX = {
    0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00
  };

  private static final int KEY_BYTES = 32;

  private final PublicKey key;

  Ed25519Check(OctetKeyPair pair) throws JOSEException {
    super(Set.of(JWSAlgorithm.EdDSA));
    byte[] x = pair.getX().decode();
    if (!Curve.Ed25519.equals(pair.getCurve()) || x.length != KEY_BYTES) {
      throw new JOSEException("no Ed25519 key");
    }
    byte[] der = new byte[DER_PREFIX.length + KEY_BYTES];
    System.arraycopy(DER_PREFIX, 0, der, 0, DER_PREFIX.length);
    System.arraycopy(x, 0, der, DER_PREFIX.length, KEY_BYTES);
    try {
      key = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(der));
    } catch (GeneralSecurityException broken) {
      throw new JOSEException("no Ed25519 key", broken);
    }
  }

  @Override
  public boolean verify(JWSHeader header, byte[] signed, Base64URL signature) {
    try {
      Signature check = Signature.getInstance("Ed25519");
      check.initVerify(key);
      check.update(signed);
      return check.verify(signature.decode());
    } catch (GeneralSecurityException malformed) {
      return false;
    }
  }
}
