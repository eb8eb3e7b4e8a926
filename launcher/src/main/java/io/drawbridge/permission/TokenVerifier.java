package io.drawbridge.permission;

import io.vertx.core.Future;

/** Turns a token into a subject, or says why not. */
public interface TokenVerifier {

  /**
   * Verifies a token. May have to fetch keys first.
   *
   * @return always succeeds: a refusal is a value; ends on the caller's context
   */
  Future<Verification> verify(String token);

  /** What came of a token. */
  sealed interface Verification {

    /** The token is good until the subject's {@code expiresAt}. */
    record Accepted(Subject subject) implements Verification {}

    /**
     * The token is not good.
     *
     * @param expired whether it was good once
     * @param message what the client is told: never anything of the token
     */
    record Refused(boolean expired, String message) implements Verification {}
  }
}
