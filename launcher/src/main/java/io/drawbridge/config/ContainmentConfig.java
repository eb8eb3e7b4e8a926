package io.drawbridge.config;

/**
 * What a plugin may do to others before its calls are refused.
 *
 * @param blockedMillis how long a handler may hold an event loop
 * @param strikes how many times it may hold one for longer
 * @param strikeSeconds within which time
 */
public record ContainmentConfig(int blockedMillis, int strikes, int strikeSeconds) {

  public ContainmentConfig {
    new Checks("/plugins/containment")
        .bounds("blockedMillis", blockedMillis)
        .bounds("strikes", strikes)
        .bounds("strikeSeconds", strikeSeconds)
        .done();
  }
}
