package io.drawbridge.config;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Looks into the two files of a TLS set-up: a certificate, and the key that belongs to it. */
final class TlsFiles {

  private static final Pattern KEY =
      Pattern.compile("-----BEGIN ([A-Z ]*)PRIVATE KEY-----([^-]+)-----END");
  private static final byte[] PROBE = "drawbridge".getBytes(StandardCharsets.UTF_8);

  private TlsFiles() {}

  /** The first certificate of a PEM file. */
  static X509Certificate certificate(Path file) throws CertificateException, IOException {
    var pem = new ByteArrayInputStream(Files.readAllBytes(file));
    return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(pem);
  }

  /** What is wrong with the certificate's file; null if nothing is. */
  static @Nullable Complaint certificateComplaint(Path file) {
    try {
      certificate(file);
      return null;
    } catch (CertificateException | IOException broken) {
      return new Complaint(
          file + " holds no certificate",
          "Give a PEM file that begins with -----BEGIN CERTIFICATE-----");
    }
  }

  /** What is wrong with the key's file, seen beside a good certificate; null if nothing is. */
  static @Nullable Complaint keyComplaint(Path keyFile, Path certificateFile) {
    try {
      Matcher key = KEY.matcher(Files.readString(keyFile, StandardCharsets.ISO_8859_1));
      if (!key.find()) {
        return new Complaint(
            keyFile + " holds no private key",
            "Give a PEM file that begins with -----BEGIN PRIVATE KEY-----");
      }
      return switch (key.group(1)) {
        case "ENCRYPTED " ->
            new Complaint(
                keyFile + " is encrypted", "Decrypt it: openssl pkey -in KEY -out PLAIN-KEY");
        case "" -> pairComplaint(keyFile, key.group(2), certificate(certificateFile));
        default -> null;
      };
    } catch (GeneralSecurityException | IOException | IllegalArgumentException broken) {
      return new Complaint(keyFile + " holds no usable private key", "Write it anew as PKCS#8");
    }
  }

  private static @Nullable Complaint pairComplaint(
      Path keyFile, String base64, X509Certificate certificate) throws GeneralSecurityException {
    byte[] encoded = Base64.getMimeDecoder().decode(base64);
    PublicKey open = certificate.getPublicKey();
    Complaint stranger =
        new Complaint(
            keyFile + " doesn't belong to the certificate", "Give the key it was made for");
    try {
      PrivateKey secret =
          KeyFactory.getInstance(open.getAlgorithm())
              .generatePrivate(new PKCS8EncodedKeySpec(encoded));
      return belong(secret, open) ? null : stranger;
    } catch (InvalidKeySpecException otherKind) {
      return stranger;
    }
  }

  private static boolean belong(PrivateKey secret, PublicKey open) throws GeneralSecurityException {
    String algorithm =
        switch (open.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> open.getAlgorithm();
        };
    Signature signing = Signature.getInstance(algorithm);
    signing.initSign(secret);
    signing.update(PROBE);
    byte[] signed = signing.sign();
    Signature verifying = Signature.getInstance(algorithm);
    verifying.initVerify(open);
    verifying.update(PROBE);
    return verifying.verify(signed);
  }
}
