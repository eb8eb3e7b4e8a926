package io.drawbridge.persistence;

import io.drawbridge.plugin.HandlerVerticle;
import io.drawbridge.plugin.PluginContext;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** Opens the store, serves the two addresses, and closes the queue. */
public final class PersistenceVerticle extends HandlerVerticle {

  private @Nullable AppendQueue queue;

  /** For the host, which makes the instances. */
  public PersistenceVerticle() {}

  @Override
  protected Future<?> open(PluginContext context) {
    PersistenceSettings settings = PersistenceSettings.of(context.settings());
    MessageStore store = new MessageStore(context.pool());
    AppendQueue opened = new AppendQueue(settings, store, context);
    queue = opened;
    context.handle("persistence.append", new AppendHandler(opened, settings.bodyBytes()));
    context.handle("persistence.read", new ReadHandler(store));
    // A database that is away for now is no reason not to start: callers hear 503 until it is
    // there.
    return store
        .prepare()
        .recover(
            failure ->
                Failures.passes(failure) ? Future.succeededFuture() : Future.failedFuture(failure));
  }

  @Override
  protected Future<?> close() {
    AppendQueue opened = queue;
    if (opened != null) {
      opened.close();
    }
    return Future.succeededFuture();
  }
}
