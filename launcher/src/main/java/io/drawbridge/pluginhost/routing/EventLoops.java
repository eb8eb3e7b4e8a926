package io.drawbridge.pluginhost.routing;

import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Deploys on event loops of one's choice. Vert.x hands them out in turn and lets nobody choose, so
 * what would land on an unwanted one is deployed again and gets the next; after so many tries any
 * will do.
 */
public final class EventLoops {

  /** Half of them for a loop that is preferred, the others for one that will do. */
  private static final int TRIES = 4 * VertxOptions.DEFAULT_EVENT_LOOP_POOL_SIZE;

  private final Vertx vertx;

  /** Which loops are preferred, and which others will do. */
  public record Loops(Predicate<Thread> preferred, Predicate<Thread> others) {

    /** Any loop. */
    public static final Loops ANY = of(thread -> true);

    /** These, and in need any. */
    public static Loops of(Predicate<Thread> preferred) {
      return new Loops(preferred, preferred);
    }

    private Predicate<Thread> at(int triesLeft) {
      return triesLeft <= 0 ? any -> true : triesLeft > TRIES / 2 ? preferred : others;
    }
  }

  public EventLoops(Vertx vertx) {
    this.vertx = vertx;
  }

  /** Deploys on a loop whose thread is wanted; nothing of the instance runs on any other. */
  public Future<String> deploy(Deployable instance, DeploymentOptions options, Loops wanted) {
    return deploy(instance, options, wanted, TRIES);
  }

  private Future<String> deploy(
      Deployable instance, DeploymentOptions options, Loops wanted, int tries) {
    var picky = new Picky(instance, wanted.at(tries));
    return vertx
        .deployVerticle(picky, options)
        .compose(
            id -> {
              Future<?> outcome = picky.outcome;
              if (outcome != null && outcome.succeeded()) {
                return Future.succeededFuture(id);
              }
              return vertx
                  .undeploy(id)
                  .transform(
                      any ->
                          outcome == null
                              ? deploy(instance, options, wanted, tries - 1)
                              : Future.failedFuture(outcome.cause()));
            });
  }

  /**
   * Never fails as Vert.x sees it: 5.0 keeps a deployment that has failed, and with it the class
   * loader of its options, until Vert.x itself is closed.
   */
  private static final class Picky implements Deployable {

    private final Deployable instance;
    private final Predicate<Thread> wanted;

    /** How the instance took it; null on an unwanted loop. */
    private volatile @Nullable Future<?> outcome;

    Picky(Deployable instance, Predicate<Thread> wanted) {
      this.instance = instance;
      this.wanted = wanted;
    }

    @Override
    public Future<?> deploy(Context context) {
      if (!wanted.test(Thread.currentThread())) {
        return Future.succeededFuture();
      }
      Future<?> begun = begin(context);
      outcome = begun;
      return begun.otherwiseEmpty();
    }

    private Future<?> begin(Context context) {
      try {
        return instance.deploy(context);
      } catch (Exception e) {
        return Future.failedFuture(e);
      }
    }

    @Override
    public Future<?> undeploy(Context context) throws Exception {
      Future<?> begun = outcome;
      return begun != null && begun.succeeded()
          ? instance.undeploy(context)
          : Future.succeededFuture();
    }
  }
}
