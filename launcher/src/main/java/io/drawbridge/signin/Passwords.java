package io.drawbridge.signin;

import java.security.SecureRandom;

/** Makes the hashes that {@code users.json} holds. */
public final class Passwords {

  /** OWASP's first choice for Argon2id: 19 MiB, two passes, one lane. */
  private static final int MEMORY_KIB = 19_456;

  private static final int PASSES = 2;
  private static final int LANES = 1;
  private static final int SALT_BYTES = 16;

  /** The shortest password that gets hashed; NIST asks for 8, 15 where it stands alone. */
  private static final int SHORTEST = 8;

  /** The longest, in characters; what a login accepts. */
  static final int LONGEST = 512;

  private Passwords() {}

  /**
   * Hashes a password with a new salt, for {@code "hash"} in {@code users.json}. Takes some tens of
   * milliseconds and 19 MiB.
   *
   * @throws IllegalArgumentException with a sentence for ops if it is too short or too long
   */
  public static String hash(char[] password) {
    if (password.length < SHORTEST || password.length > LONGEST) {
      throw new IllegalArgumentException(
          "a password has " + SHORTEST + " to " + LONGEST + " characters");
    }
    return of(password).text();
  }

  /** A hash that unknown names are compared with, so that they cost what known ones cost. */
  static PasswordHash nobodys() {
    return nobodys(new PasswordHash(MEMORY_KIB, PASSES, LANES, "", ""));
  }

  /** The same at the cost of another hash. */
  static PasswordHash nobodys(PasswordHash like) {
    return new PasswordHash(
        like.memoryKib(),
        like.passes(),
        like.lanes(),
        PasswordHash.base64(random(SALT_BYTES)),
        PasswordHash.base64(random(PasswordHash.HASH_BYTES)));
  }

  private static PasswordHash of(char[] password) {
    return PasswordHash.of(password, MEMORY_KIB, PASSES, LANES, random(SALT_BYTES));
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new SecureRandom().nextBytes(bytes);
    return bytes;
  }
}
