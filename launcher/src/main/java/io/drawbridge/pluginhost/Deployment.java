package io.drawbridge.pluginhost;

import io.drawbridge.pluginhost.contract.PluginException;
import io.vertx.core.AsyncResult;
import org.jspecify.annotations.Nullable;

/**
 * A change of what runs, done or refused, for the audit log.
 *
 * @param action {@code deploy}, {@code canary}, {@code promote}, {@code abort}, {@code rollback},
 *     {@code undeploy}, {@code quarantine} or {@code lift}
 * @param by a token's subject, {@code folder}, or {@link #HOST}
 * @param error why it was refused; null if it was done
 */
public record Deployment(
    String action,
    String plugin,
    @Nullable String version,
    @Nullable String sha256,
    String by,
    @Nullable String error) {

  /** Who asks when the host itself does. */
  public static final String HOST = "host";

  /** What somebody wants changed, of which no more is known yet. */
  static Deployment asked(String action, String plugin, String by) {
    return new Deployment(action, plugin, null, null, by, null);
  }

  /** The same once it is done, with what runs then, or refused. */
  Deployment ended(AsyncResult<PluginStatus> outcome) {
    if (outcome.failed()) {
      String why = PluginException.lineOf(outcome.cause());
      return new Deployment(action, plugin, version, sha256, by, why);
    }
    PluginStatus now = outcome.result();
    return new Deployment(action, now.id(), now.version(), now.sha256(), by, null);
  }
}
