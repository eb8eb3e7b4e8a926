package io.drawbridge.pluginhost;

import io.drawbridge.plugin.HandlerVerticle;
import io.drawbridge.plugin.RequestHandler;
import io.drawbridge.pluginhost.contract.PluginException;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One instance of a plugin's verticle, from its construction on its own context to its close. It
 * stands between Vert.x and the plugin, so that whatever the plugin throws becomes a failed future.
 */
final class PluginInstance implements Deployable {

  private final Constructor<? extends HandlerVerticle> constructor;
  private final Function<Context, InstanceContext> lend;
  private final Promise<Void> opened = Promise.promise();
  private @Nullable Context context;
  private @Nullable InstanceContext lent;
  private @Nullable HandlerVerticle verticle;

  PluginInstance(
      Constructor<? extends HandlerVerticle> constructor, Function<Context, InstanceContext> lend) {
    this.constructor = constructor;
    this.lend = lend;
  }

  @Override
  public Future<?> deploy(Context context) {
    InstanceContext lent = lend.apply(context);
    synchronized (this) {
      this.context = context;
      this.lent = lent;
    }
    context.exceptionHandler(lent::complain);
    open(context, lent).compose(any -> lent.seal()).onComplete(this::settle);
    return opened
        .future()
        .recover(failure -> undeploy(context).transform(any -> Future.failedFuture(failure)));
  }

  private void settle(AsyncResult<Void> outcome) {
    if (outcome.succeeded()) {
      opened.tryComplete();
    } else {
      opened.tryFail(outcome.cause());
    }
  }

  private Future<?> open(Context context, InstanceContext lent) {
    String step = "its constructor";
    try {
      HandlerVerticle created = constructor.newInstance();
      synchronized (this) {
        verticle = created;
      }
      step = "open";
      created.attach(lent);
      Future<?> opening = created.deploy(context);
      return opening == null
          ? Future.failedFuture(broken("open returned null", null))
          : opening.recover(failure -> Future.failedFuture(broken("open failed", failure)));
    } catch (InvocationTargetException e) {
      return Future.failedFuture(broken(step + " failed", e.getCause()));
    } catch (Throwable e) {
      return Future.failedFuture(broken(step + " failed", e));
    }
  }

  private PluginException broken(String what, @Nullable Throwable cause) {
    return new PluginException(
        constructor.getDeclaringClass().getName(),
        "",
        cause == null ? what : what + " with " + PluginException.lineOf(cause),
        cause == null ? "Return a future" : "Mend it there; the log tells more",
        cause);
  }

  /** Gives up on an instance that does not open; Vert.x then takes its context away. */
  void abandon(PluginException why) {
    opened.tryFail(why);
  }

  @Override
  public Future<?> undeploy(Context context) {
    InstanceContext lent;
    HandlerVerticle verticle;
    synchronized (this) {
      lent = this.lent;
      verticle = this.verticle;
    }
    if (lent != null) {
      lent.end();
    }
    if (verticle == null) {
      return Future.succeededFuture();
    }
    try {
      Future<?> closing = verticle.undeploy(context);
      return closing == null ? Future.succeededFuture() : closing;
    } catch (Throwable e) {
      return Future.failedFuture(e);
    }
  }

  /** Where calls of an address go; only when the instance is open. */
  synchronized Lane lane(String address) {
    RequestHandler handler = lent == null ? null : lent.handler(address);
    if (context == null || handler == null) {
      throw new IllegalStateException("an instance that is not open serves nothing: " + address);
    }
    return new Lane(context, handler);
  }
}
