package io.drawbridge.config;

/**
 * What a plugin may do to others before its calls are refused.
 *
 * @param sliceMicros how long it may use an event loop at one go while others wait for it
 * @param blockedMillis how long a handler may hold an event loop
 * @param strikes how many times it may hold one for longer
 * @param strikeSeconds within which time
 * @param publishesPerSecond how many messages it may publish a second, over time
 * @param connections how many connections of the database it may have out at once
 * @param connectionWaitMillis how long it waits for another one then
 * @param leaseSeconds how long it may keep one
 * @param leakSeconds how long the classes of a version that has ended may stay in memory
 */
public record ContainmentConfig(
    int sliceMicros,
    int blockedMillis,
    int strikes,
    int strikeSeconds,
    int leakSeconds,
    int publishesPerSecond,
    int connections,
    int connectionWaitMillis,
    int leaseSeconds) {

  public ContainmentConfig {
    new Checks("/plugins/containment")
        .bounds("sliceMicros", sliceMicros)
        .bounds("blockedMillis", blockedMillis)
        .bounds("strikes", strikes)
        .bounds("strikeSeconds", strikeSeconds)
        .bounds("leakSeconds", leakSeconds)
        .bounds("publishesPerSecond", publishesPerSecond)
        .bounds("connections", connections)
        .bounds("connectionWaitMillis", connectionWaitMillis)
        .bounds("leaseSeconds", leaseSeconds)
        .done();
  }
}
