package io.drawbridge.permission;

/**
 * What a pattern takes from the token.
 *
 * @param claim a top-level claim's name, dots and all; {@code sub} is one of them
 */
record TokenValue(String claim) implements Comparable<TokenValue> {

  static final TokenValue SUB = new TokenValue("sub");

  /** {@code sub} first, then the claims by name: the order does not depend on the file. */
  @Override
  public int compareTo(TokenValue other) {
    if (equals(SUB) || other.equals(SUB)) {
      return Boolean.compare(other.equals(SUB), equals(SUB));
    }
    return claim.compareTo(other.claim);
  }
}
