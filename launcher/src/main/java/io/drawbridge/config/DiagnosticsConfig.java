package io.drawbridge.config;

/**
 * Helpers for finding faults on the way to the server.
 *
 * @param echo whether the echo services are mounted
 */
public record DiagnosticsConfig(boolean echo) {}
