package io.drawbridge.bridge;

import java.security.SecureRandom;
import java.util.Base64;

/** Public names of sessions and nodes: they tell apart, they grant nothing. */
final class SessionIds {

  private static final SecureRandom RANDOM = new SecureRandom();

  private SessionIds() {}

  static String next() {
    return "s-" + random();
  }

  static String node() {
    return "n-" + random();
  }

  private static String random() {
    byte[] bytes = new byte[12];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
