package io.drawbridge.signin;

import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * An Argon2id hash with its cost, as the PHC string {@code $argon2id$v=19$m=…,t=…,p=…$salt$hash}.
 *
 * @param memoryKib what one check takes while it runs
 * @param salt in unpadded Base64, as is {@code hash}
 */
record PasswordHash(int memoryKib, int passes, int lanes, String salt, String hash) {

  private static final Pattern PHC =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,3}),p=(\\d{1,2})"
              + "\\$([A-Za-z0-9+/]{11,64})\\$([A-Za-z0-9+/]{22,86})");

  /** The least cost that counts as hashed: OWASP's smallest choices multiply to about this. */
  private static final int LEAST_MEMORY_PASSES = 7 * 1024 * 5;

  /** The most cost that a login may have: memory times workers must fit the heap. */
  private static final int MOST_MEMORY = 64 * 1024;

  static final int HASH_BYTES = 32;

  private static final int MOST_PASSES = 10;
  private static final int MOST_LANES = 4;

  /**
   * Reads a PHC string.
   *
   * @throws IllegalArgumentException with what is wrong, never with the string
   */
  static PasswordHash parse(String text) {
    Matcher phc = PHC.matcher(text);
    if (!phc.matches()) {
      throw new IllegalArgumentException(
          "is no Argon2id hash of the form $argon2id$v=19$m=…,t=…,p=…$salt$hash");
    }
    int memory = Integer.parseInt(phc.group(1));
    int passes = Integer.parseInt(phc.group(2));
    int lanes = Integer.parseInt(phc.group(3));
    if (passes < 1 || lanes < 1 || memory < 8 * lanes || memory * passes < LEAST_MEMORY_PASSES) {
      throw new IllegalArgumentException("costs too little to withstand guessing");
    }
    if (memory > MOST_MEMORY || passes > MOST_PASSES || lanes > MOST_LANES) {
      throw new IllegalArgumentException(
          "costs too much for a login: at most m=" + MOST_MEMORY + ",t=10,p=4");
    }
    if (torn(phc.group(4)) || torn(phc.group(5))) {
      throw new IllegalArgumentException("has a salt or a hash that is torn");
    }
    return new PasswordHash(memory, passes, lanes, phc.group(4), phc.group(5));
  }

  /** Base64 never has just one letter in its last group of four. */
  private static boolean torn(String base64) {
    return base64.length() % 4 == 1;
  }

  /** Hashes a password with this salt and cost. */
  static PasswordHash of(char[] password, int memoryKib, int passes, int lanes, byte[] salt) {
    var draft = new PasswordHash(memoryKib, passes, lanes, base64(salt), "");
    byte[] hash = draft.compute(password, HASH_BYTES);
    return new PasswordHash(memoryKib, passes, lanes, draft.salt(), base64(hash));
  }

  /** Takes as long whether it matches or not. */
  boolean matches(char[] password) {
    byte[] expected = Base64.getDecoder().decode(hash);
    return MessageDigest.isEqual(expected, compute(password, expected.length));
  }

  private byte[] compute(char[] password, int length) {
    var generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(memoryKib)
            .withIterations(passes)
            .withParallelism(lanes)
            .withSalt(Base64.getDecoder().decode(salt))
            .build());
    byte[] result = new byte[length];
    generator.generateBytes(password, result);
    return result;
  }

  static String base64(byte[] bytes) {
    return Base64.getEncoder().withoutPadding().encodeToString(bytes);
  }

  /** The PHC string, for the file. */
  String text() {
    return String.format(
        "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s", memoryKib, passes, lanes, salt, hash);
  }

  @Override
  public String toString() {
    return "PasswordHash[***]";
  }
}
