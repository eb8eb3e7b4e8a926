package io.drawbridge.permission;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.util.Base64URL;
import io.drawbridge.permission.TokenVerifier.Verification;
import io.drawbridge.permission.TokenVerifier.Verification.Refused;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Checks a token against keys: form, key, signature, claims, in this order. What a refusal says
 * never holds anything of the token.
 *
 * @param tokenBytes the longest token
 */
record TokenCheck(TokenClaims claims, int tokenBytes) {

  static final Refused MALFORMED = new Refused(false, "this is no signed token");
  static final Refused UNKNOWN_KEY = new Refused(false, "the token is signed with an unknown key");
  private static final Refused TOO_LONG = new Refused(false, "the token is too long");
  private static final Refused BAD_SIGNATURE = new Refused(false, "the token's signature is wrong");
  private static final Refused CRITICAL =
      new Refused(false, "the token demands an extension that is not supported");

  Verification check(String token, TokenKeys keys) {
    if (token.length() > tokenBytes) {
      return TOO_LONG;
    }
    if (token.chars().filter(c -> c == '.').count() != 2) {
      return MALFORMED;
    }
    JWSObject parsed = parse(token);
    return parsed == null ? MALFORMED : verify(parsed, keys);
  }

  /** Whatever the library makes of hostile text, it is no token. */
  private static @Nullable JWSObject parse(String token) {
    try {
      return JWSObject.parse(token);
    } catch (ParseException | RuntimeException notOne) {
      return null;
    }
  }

  /** jku, x5u, jwk and x5c say where to find a key; nobody asks them. */
  private Verification verify(JWSObject token, TokenKeys keys) {
    JWSHeader header = token.getHeader();
    if (header.getCriticalParams() != null) {
      return CRITICAL;
    }
    List<TokenKey> candidates = keys.candidates(header);
    if (candidates.isEmpty()) {
      return UNKNOWN_KEY;
    }
    if (candidates.stream().noneMatch(key -> signed(token, key))) {
      return BAD_SIGNATURE;
    }
    Map<String, Object> said = payload(token);
    return said == null ? MALFORMED : claims.check(said);
  }

  /** The signature was good, so that this is the issuer's own mistake at worst. */
  private static @Nullable Map<String, Object> payload(JWSObject token) {
    try {
      return token.getPayload().toJSONObject();
    } catch (RuntimeException noObject) {
      return null;
    }
  }

  private static boolean signed(JWSObject token, TokenKey key) {
    Base64URL signature = token.getSignature();
    try {
      return key.verifier().verify(token.getHeader(), token.getSigningInput(), signature);
    } catch (JOSEException unfit) {
      return false;
    }
  }
}
