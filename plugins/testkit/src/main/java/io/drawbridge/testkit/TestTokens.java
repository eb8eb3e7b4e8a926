package io.drawbridge.testkit;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Issues the tokens of one test server: JWTs (RFC 7519) under a key of its own, signed by HS256 as
 * RFC 7518 has it. They last an hour.
 */
final class TestTokens {

  static final String ISSUER = "drawbridge-testkit";
  static final String AUDIENCE = "drawbridge-test";

  private static final int KEY_BYTES = 32;
  private static final long SECONDS = 3_600;
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private final byte[] key = new byte[KEY_BYTES];

  TestTokens() {
    new SecureRandom().nextBytes(key);
  }

  /** The key as the server's settings take it (RFC 7517). */
  JsonObject jwk() {
    return new JsonObject()
        .put("kty", "oct")
        .put("alg", "HS256")
        .put("k", BASE64.encodeToString(key));
  }

  String issue(String subject, String... authorities) {
    long now = System.currentTimeMillis() / 1_000;
    JsonObject claims =
        new JsonObject()
            .put("iss", ISSUER)
            .put("aud", AUDIENCE)
            .put("sub", subject)
            .put("permissions", new JsonArray(List.of(authorities)))
            .put("iat", now)
            .put("exp", now + SECONDS);
    String signed =
        part(new JsonObject().put("alg", "HS256").put("typ", "JWT")) + "." + part(claims);
    return signed + "." + BASE64.encodeToString(sign(signed));
  }

  private static String part(JsonObject json) {
    return BASE64.encodeToString(json.encode().getBytes(StandardCharsets.UTF_8));
  }

  private byte[] sign(String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }
}
