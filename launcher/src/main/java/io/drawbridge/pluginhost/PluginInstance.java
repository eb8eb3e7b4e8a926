package io.drawbridge.pluginhost;

import io.drawbridge.plugin.HandlerVerticle;
import io.drawbridge.plugin.RequestHandler;
import io.drawbridge.pluginhost.contract.PluginException;
import io.drawbridge.pluginhost.routing.Lane;
import io.drawbridge.pluginhost.routing.LoopShare;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One instance of a plugin's verticle, from its construction on its own context to its close. It
 * stands between Vert.x and the plugin, so that whatever the plugin throws becomes a failed future.
 */
final class PluginInstance implements Deployable {

  private final String type;
  private final boolean plain;
  private @Nullable Constructor<? extends Deployable> constructor;
  private final Function<Context, InstanceContext> lend;
  private final long sliceNanos;
  private final Promise<Void> opened = Promise.promise();
  private @Nullable LoopShare share;
  private @Nullable InstanceContext lent;
  private @Nullable Deployable verticle;

  PluginInstance(
      Constructor<? extends Deployable> constructor,
      long sliceNanos,
      Function<Context, InstanceContext> lend) {
    this.sliceNanos = sliceNanos;
    this.type = constructor.getDeclaringClass().getName();
    this.plain = !HandlerVerticle.class.isAssignableFrom(constructor.getDeclaringClass());
    this.constructor = constructor;
    this.lend = lend;
  }

  @Override
  public Future<?> deploy(Context context) {
    InstanceContext lent = lend.apply(context);
    synchronized (this) {
      this.share = new LoopShare(context, sliceNanos);
      this.lent = lent;
    }
    context.exceptionHandler(lent::complain);
    open(context, lent).compose(any -> seal(lent)).onComplete(this::settle);
    return opened
        .future()
        .recover(failure -> undeploy(context).transform(any -> Future.failedFuture(failure)));
  }

  /** A plain verticle has consumers of its own and gives the host no handlers. */
  private Future<Void> seal(InstanceContext lent) {
    return plain ? Future.succeededFuture() : lent.seal();
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
    lent.pulse().enter("open");
    try {
      Deployable created = create();
      step = "open";
      if (created instanceof HandlerVerticle handlers) {
        handlers.attach(lent);
      }
      Future<?> opening = created.deploy(context);
      return opening == null
          ? Future.failedFuture(broken("open returned null", null))
          : opening.recover(failure -> Future.failedFuture(broken("open failed", failure)));
    } catch (InvocationTargetException e) {
      return Future.failedFuture(broken(step + " failed", e.getCause()));
    } catch (Throwable e) {
      return Future.failedFuture(broken(step + " failed", e));
    } finally {
      lent.pulse().leave();
    }
  }

  private synchronized Deployable create() throws ReflectiveOperationException {
    Deployable created = Objects.requireNonNull(constructor).newInstance();
    verticle = created;
    return created;
  }

  private PluginException broken(String what, @Nullable Throwable cause) {
    return new PluginException(
        type,
        "",
        cause == null ? what : what + " with " + PluginException.lineOf(cause),
        remedy(cause),
        cause);
  }

  private static String remedy(@Nullable Throwable cause) {
    if (cause == null) {
      return "Return a future";
    }
    return cause instanceof NoClassDefFoundError
        ? "Put the class, or the library that has it, into the jar"
        : "Mend it there; the log tells more";
  }

  /** Gives up on an instance that does not open; Vert.x then takes its context away. */
  void abandon(PluginException why) {
    opened.tryFail(why);
  }

  @Override
  public Future<?> undeploy(Context context) {
    InstanceContext lent;
    Deployable verticle;
    synchronized (this) {
      lent = this.lent;
      verticle = this.verticle;
    }
    if (lent != null) {
      lent.end();
    }
    Future<?> closed = verticle == null ? Future.succeededFuture() : close(verticle, context);
    return closed.onComplete(any -> takeBack(lent));
  }

  private static Future<?> close(Deployable verticle, Context context) {
    try {
      Future<?> closing = verticle.undeploy(context);
      return closing == null ? Future.succeededFuture() : closing;
    } catch (Throwable e) {
      return Future.failedFuture(e);
    }
  }

  private static void takeBack(@Nullable InstanceContext lent) {
    if (lent != null) {
      lent.takeBack();
    }
  }

  /** Whether it has consumers of its own, and no handlers that the host could call. */
  boolean plain() {
    return plain;
  }

  /** Lets go of all that is the plugin's: Vert.x may keep the instance longer than it needs. */
  synchronized void forget() {
    takeBack(lent);
    constructor = null;
    verticle = null;
    lent = null;
  }

  /** Nothing begins by itself for a while. */
  synchronized void pause(boolean on) {
    if (lent != null) {
      lent.pause(on);
    }
  }

  /** No more begins by itself. */
  synchronized void retire() {
    if (lent != null) {
      lent.retire();
    }
  }

  /** Where calls of an address go; null if the instance has no handler for it. */
  synchronized @Nullable Lane lane(String address) {
    RequestHandler handler = lent == null ? null : lent.handler(address);
    return share == null || lent == null || handler == null
        ? null
        : new Lane(share, handler, lent.pulse(), "its handler of " + address);
  }
}
