package io.drawbridge.pluginhost.routing;

/**
 * What one address of a plugin may hold.
 *
 * @param inFlight calls of one generation that may be under way at once
 * @param queue calls that may wait for their turn
 * @param requestSeconds how long a handler may take
 */
public record CallLimits(int inFlight, int queue, int requestSeconds) {}
