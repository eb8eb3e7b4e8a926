package io.drawbridge.signin;

/** What asking for a token came to. */
sealed interface Answer {

  /** A token, and for how many seconds it counts. */
  record Token(String token, int expiresIn) implements Answer {
    @Override
    public String toString() {
      return "Token[***]";
    }
  }

  /**
   * No token.
   *
   * @param status the HTTP status
   * @param error a sentence for the person who signs in
   * @param retryAfterSeconds when to try again; 0 where that is no matter of time
   */
  record Refusal(int status, String error, int retryAfterSeconds) implements Answer {
    Refusal(int status, String error) {
      this(status, error, 0);
    }
  }
}
