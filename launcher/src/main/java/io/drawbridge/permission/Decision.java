package io.drawbridge.permission;

import org.jspecify.annotations.Nullable;

/**
 * Whether a subject may use an address, and under which conditions.
 *
 * @param rule the most specific rule that matched; null where none did
 */
public record Decision(Outcome outcome, @Nullable Rule rule) {

  /** The three ends of a decision. */
  public enum Outcome {
    ALLOWED,
    /** Nobody has signed in, and somebody signed in might be allowed. */
    NOT_SIGNED_IN,
    DENIED
  }

  public boolean allowed() {
    return outcome == Outcome.ALLOWED;
  }

  /**
   * The conditions of a compiled rule that outlive the decision.
   *
   * @param pattern the rule's address, for the audit log
   * @param schema checks bodies; null where any body passes
   * @param perSecond allowed frames a second for one session; 0 is without bound
   * @param burst allowed frames at once
   */
  public record Rule(String pattern, @Nullable BodySchema schema, double perSecond, int burst) {}

  /** A compiled JSON Schema for bodies. */
  @FunctionalInterface
  public interface BodySchema {
    /**
     * Checks a body (a JsonObject, JsonArray, String, Number, Boolean or null).
     *
     * @return null if it passes, else what is wrong with it, beginning with the JSON pointer
     */
    @Nullable String violation(@Nullable Object body);
  }
}
