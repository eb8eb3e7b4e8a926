package io.drawbridge.permission;

/** The rules in force: those of ops, and what running plugins offer where ops are silent. */
public interface Permissions {

  /**
   * Decides once; allocates as it likes. Sessions cache what it says until {@link #version} moves.
   */
  Decision decide(Verb verb, String address, Subject subject);

  /** Rises whenever decisions may come out differently. */
  long version();
}
