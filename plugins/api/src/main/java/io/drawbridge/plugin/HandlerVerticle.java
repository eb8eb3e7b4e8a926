package io.drawbridge.plugin;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The verticle that a plugin extends: it opens once, hands its handlers to the host, and closes
 * once.
 *
 * <p>Promises of the host:
 *
 * <ol>
 *   <li>{@link #open} runs once per instance, on the instance's own context, before any handler.
 *   <li>No handler is called before the future of {@link #open} has succeeded in every instance.
 *   <li>All handlers of one instance are called on its own context: with {@code event-loop}
 *       threading never two at a time, so fields need no locks.
 *   <li>{@link #close} runs once, after the last handler has been called. It is called too when
 *       {@link #open} failed, so that what was begun can be ended.
 * </ol>
 */
public abstract class HandlerVerticle extends VerticleBase {

  private @Nullable PluginContext pluginContext;

  /**
   * Gives the host its handlers, by {@link PluginContext#handle}, and starts whatever they need.
   *
   * @return a future that succeeds when the plugin can be called; failing it, or throwing, keeps
   *     the plugin from starting and shows the failure's message in the listing of plugins
   */
  protected abstract Future<?> open(PluginContext context);

  /** Ends what {@link #open} began that the host does not end by itself. */
  protected Future<?> close() {
    return Future.succeededFuture();
  }

  /** For the host alone: hands over the context before the verticle is deployed. */
  public final void attach(PluginContext context) {
    this.pluginContext = Objects.requireNonNull(context);
  }

  @Override
  public final Future<?> start() {
    PluginContext attached = pluginContext;
    if (attached == null) {
      return Future.failedFuture("a HandlerVerticle is deployed by the plugin host, not by hand");
    }
    return open(attached);
  }

  @Override
  public final Future<?> stop() {
    return close();
  }
}
