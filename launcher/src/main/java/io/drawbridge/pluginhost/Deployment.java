package io.drawbridge.pluginhost;

import org.jspecify.annotations.Nullable;

/**
 * A change of what runs, done or refused, for the audit log.
 *
 * @param action {@code deploy}, {@code canary}, {@code promote}, {@code abort}, {@code rollback},
 *     {@code undeploy}, {@code quarantine} or {@code lift}
 * @param by a token's subject, {@code folder}, or {@code host}
 * @param error why it was refused; null if it was done
 */
public record Deployment(
    String action,
    String plugin,
    @Nullable String version,
    @Nullable String sha256,
    String by,
    @Nullable String error) {}
