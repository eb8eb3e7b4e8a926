package io.drawbridge.bridge.transport;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * Who may go on with a SockJS session. The client chooses the session's id, so knowing it can't be
 * enough: each request must come from the origin that began the session, and bring the token that
 * began it, if one did.
 *
 * @param origin the page's origin; our own where the request named none
 * @param token the handshake's token
 */
record SessionBinding(String origin, @Nullable String token) {

  boolean allows(SessionBinding later) {
    return origin.equals(later.origin) && (token == null || same(token, later.token));
  }

  private static boolean same(String expected, @Nullable String given) {
    return given != null
        && MessageDigest.isEqual(
            expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return "SessionBinding[origin=" + origin + "]";
  }
}
