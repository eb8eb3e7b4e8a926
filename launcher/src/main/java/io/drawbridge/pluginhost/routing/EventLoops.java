package io.drawbridge.pluginhost.routing;

import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.function.Predicate;

/**
 * Deploys on event loops of one's choice. Vert.x hands them out in turn and lets nobody choose, so
 * what would land on an unwanted one is deployed again and gets the next; after so many tries any
 * will do.
 */
public final class EventLoops {

  private static final int TRIES = 2 * VertxOptions.DEFAULT_EVENT_LOOP_POOL_SIZE;

  private final Vertx vertx;

  public EventLoops(Vertx vertx) {
    this.vertx = vertx;
  }

  /** Deploys on a loop whose thread is wanted; nothing of the instance runs on any other. */
  public Future<String> deploy(
      Deployable instance, DeploymentOptions options, Predicate<Thread> wanted) {
    return deploy(instance, options, wanted, TRIES);
  }

  private Future<String> deploy(
      Deployable instance, DeploymentOptions options, Predicate<Thread> wanted, int tries) {
    Deployable picky = tries > 0 ? new Picky(instance, wanted) : instance;
    return vertx
        .deployVerticle(picky, options)
        .recover(
            failure ->
                failure instanceof UnwantedLoopException
                    ? deploy(instance, options, wanted, tries - 1)
                    : Future.failedFuture(failure));
  }

  private record Picky(Deployable instance, Predicate<Thread> wanted) implements Deployable {

    @Override
    public Future<?> deploy(Context context) throws Exception {
      return wanted.test(Thread.currentThread())
          ? instance.deploy(context)
          : Future.failedFuture(new UnwantedLoopException());
    }

    @Override
    public Future<?> undeploy(Context context) throws Exception {
      return instance.undeploy(context);
    }
  }

  private static final class UnwantedLoopException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnwantedLoopException() {
      super("this event loop is for others", null, false, false);
    }
  }
}
