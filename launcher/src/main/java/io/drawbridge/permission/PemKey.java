package io.drawbridge.permission;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the one public key or certificate of a PEM text. */
final class PemKey {

  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");
  private static final int ED25519_BYTES = 32;

  private PemKey() {}

  static JWK parse(String text) throws UnusableKeyException {
    Matcher block = BLOCK.matcher(text);
    if (!block.find()) {
      throw new UnusableKeyException("is neither JSON nor PEM");
    }
    String type = block.group(1);
    byte[] der = Base64.getMimeDecoder().decode(block.group(2));
    if (type.contains("PRIVATE")) {
      throw new UnusableKeyException("is private: the server needs the public one alone");
    }
    if (type.equals("PUBLIC KEY") && block.find()) {
      throw new UnusableKeyException("is not alone: put each key into a file of its own");
    }
    try {
      return switch (type) {
        case "PUBLIC KEY" -> jwk(publicKey(der));
        case "CERTIFICATE" ->
            jwk(
                CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(der))
                    .getPublicKey());
        default -> throw new UnusableKeyException("is of the unknown kind " + type);
      };
    } catch (GeneralSecurityException broken) {
      throw new UnusableKeyException("is broken, or of a kind that isn't RSA, EC or Ed25519");
    }
  }

  private static PublicKey publicKey(byte[] der) throws GeneralSecurityException {
    for (String kind : List.of("RSA", "EC", "Ed25519")) {
      try {
        return KeyFactory.getInstance(kind).generatePublic(new X509EncodedKeySpec(der));
      } catch (GeneralSecurityException another) {
        // The next kind.
      }
    }
    throw new GeneralSecurityException("no known kind");
  }

  private static JWK jwk(PublicKey key) throws GeneralSecurityException {
    if (key instanceof RSAPublicKey rsa) {
      return new RSAKey.Builder(rsa).build();
    }
    if (key instanceof ECPublicKey ec) {
      Curve curve = Curve.forECParameterSpec(ec.getParams());
      if (curve != null) {
        return new ECKey.Builder(curve, ec).build();
      }
    }
    if (key instanceof EdECPublicKey) {
      byte[] der = key.getEncoded();
      byte[] x = Arrays.copyOfRange(der, der.length - ED25519_BYTES, der.length);
      return new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(x)).build();
    }
    throw new GeneralSecurityException("no known kind");
  }
}
