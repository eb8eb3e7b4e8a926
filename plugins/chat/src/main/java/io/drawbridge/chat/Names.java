package io.drawbridge.chat;

import java.security.SecureRandom;

/**
 * Makes names that are unique and rise: ten characters of the clock, sixteen of chance, in the
 * alphabet of Crockford's base 32. For one event loop.
 */
final class Names {

  private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
  private static final int CLOCK_CHARACTERS = 10;
  private static final int RANDOM_CHARACTERS = 16;

  private final SecureRandom random = new SecureRandom();
  private long last;

  /** The next name; it rises even where the clock stands still or is put back. */
  String next(long millis) {
    last = Math.max(last + 1, millis);
    StringBuilder name = new StringBuilder(CLOCK_CHARACTERS + RANDOM_CHARACTERS);
    for (int shift = 5 * (CLOCK_CHARACTERS - 1); shift >= 0; shift -= 5) {
      name.append(ALPHABET.charAt((int) (last >>> shift) & 31));
    }
    for (int i = 0; i < RANDOM_CHARACTERS; i++) {
      name.append(ALPHABET.charAt(random.nextInt(32)));
    }
    return name.toString();
  }
}
