package io.drawbridge.plugin;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The verticle that a plugin extends: it opens once, hands its handlers to the host, and closes
 * once.
 *
 * <p>The class is public and has a public constructor without parameters. The constructor only
 * makes the object; what needs the context, or may fail, belongs in {@link #open}.
 *
 * <p>Promises of the host:
 *
 * <ol>
 *   <li>{@link #open} runs once per instance, on the instance's own context, before any handler.
 *   <li>No handler is called before the future of {@link #open} has succeeded in every instance.
 *   <li>All handlers of one instance are called on its own context: with {@code event-loop}
 *       threading never two at a time, so fields need no locks. With {@code worker} the same holds.
 *       With {@code virtual-thread} a handler that waits lets the next one in.
 *   <li>{@link #close} runs once, on that context, after the last handler has been called. It is
 *       called too when {@link #open} failed or did not end in time, so that what was begun can be
 *       ended.
 *   <li>Several instances share nothing but static fields, which are the plugin's own: another
 *       version of it has others.
 * </ol>
 */
public abstract class HandlerVerticle extends VerticleBase {

  private @Nullable PluginContext pluginContext;

  /** For subclasses. */
  protected HandlerVerticle() {}

  /**
   * Gives the host a handler for every address of kind {@code request} or {@code event} in the
   * descriptor, by {@link PluginContext#handle}, and starts whatever they need.
   *
   * @return a future that succeeds when the plugin can be called, within {@code
   *     plugins.startSeconds}. Failing it, or throwing, keeps the plugin from starting and shows
   *     the failure's message in the listing of plugins
   */
  protected abstract Future<?> open(PluginContext context);

  /**
   * Ends what {@link #open} began that the host does not end by itself: what came through the
   * context needs nothing.
   *
   * @return a future that succeeds when all is ended; the host waits {@code plugins.stopSeconds}
   *     for all plugins together
   */
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
