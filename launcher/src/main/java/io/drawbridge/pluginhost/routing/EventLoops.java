package io.drawbridge.pluginhost.routing;

import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Deploys on event loops of one's choice. Vert.x hands them out in turn and lets nobody choose, so
 * what would land on an unwanted one is deployed again and gets the next. A loop that does not
 * answer is passed over: somebody holds it.
 */
public final class EventLoops {

  /**
   * For how long a loop may keep one waiting: twice as long after each that did, so that one wins.
   */
  private static final long LEAST_PATIENCE_MILLIS = 50;

  private static final long MOST_PATIENCE_MILLIS = 1_000;

  /** Others search at the same time and take loops out of turn: one round may miss some. */
  private static final int ROUNDS = 2;

  private final Vertx vertx;

  /**
   * Which loops are wanted: the first of these conditions that one meets counts, then any will do.
   */
  public record Loops(List<Predicate<Thread>> wanted) {

    /** Any loop. */
    public static final Loops ANY = new Loops(List.of());

    private Predicate<Thread> after(int rounds) {
      int condition = rounds / ROUNDS;
      return condition < wanted.size() ? wanted.get(condition) : any -> true;
    }
  }

  public EventLoops(Vertx vertx) {
    this.vertx = vertx;
  }

  /** Deploys on a loop whose thread is wanted; nothing of the instance runs on any other. */
  public Future<String> deploy(Deployable instance, DeploymentOptions options, Loops loops) {
    return new Search(instance, options, loops).next();
  }

  /** One try after the other, each beginning when the one before has ended. */
  private final class Search {

    private final Deployable instance;
    private final DeploymentOptions options;
    private final Loops loops;
    private final Set<Thread> seen = new HashSet<>();
    private int rounds;
    private long patienceMillis = LEAST_PATIENCE_MILLIS;

    Search(Deployable instance, DeploymentOptions options, Loops loops) {
      this.instance = instance;
      this.options = options;
      this.loops = loops;
    }

    Future<String> next() {
      var trial = new Trial(instance, loops.after(rounds));
      Future<String> deployed = vertx.deployVerticle(trial, options);
      return deployed
          .timeout(patienceMillis, TimeUnit.MILLISECONDS)
          .transform(
              any -> {
                if (trial.giveUp()) {
                  deployed.onSuccess(vertx::undeploy);
                  patienceMillis = Math.min(MOST_PATIENCE_MILLIS, 2 * patienceMillis);
                  return next();
                }
                return deployed.compose(id -> judge(trial, id));
              });
    }

    private Future<String> judge(Trial trial, String id) {
      Future<?> outcome = trial.outcome;
      if (outcome != null && outcome.succeeded()) {
        return Future.succeededFuture(id);
      }
      if (!seen.add(trial.loop())) {
        seen.clear();
        rounds++;
      }
      return vertx
          .undeploy(id)
          .transform(any -> outcome == null ? next() : Future.failedFuture(outcome.cause()));
    }
  }

  /**
   * Never fails as Vert.x sees it: 5.0 keeps a deployment that has failed, and with it the class
   * loader of its options, until Vert.x itself is closed.
   */
  private static final class Trial implements Deployable {

    private final Predicate<Thread> wanted;
    private @Nullable Deployable instance;
    private @Nullable Thread loop;

    /** How the instance took it; null on an unwanted loop. */
    private volatile @Nullable Future<?> outcome;

    Trial(Deployable instance, Predicate<Thread> wanted) {
      this.instance = instance;
      this.wanted = wanted;
    }

    /** Leaves the instance to another try; false if the loop has answered. */
    synchronized boolean giveUp() {
      if (loop != null) {
        return false;
      }
      instance = null;
      return true;
    }

    synchronized Thread loop() {
      return Objects.requireNonNull(loop);
    }

    private synchronized @Nullable Deployable arrive() {
      loop = Thread.currentThread();
      return wanted.test(loop) ? instance : null;
    }

    private synchronized @Nullable Deployable taken() {
      return instance;
    }

    @Override
    public Future<?> deploy(Context context) {
      Deployable taken = arrive();
      if (taken == null) {
        return Future.succeededFuture();
      }
      Future<?> begun = begin(taken, context);
      outcome = begun;
      return begun.otherwiseEmpty();
    }

    private static Future<?> begin(Deployable instance, Context context) {
      try {
        return instance.deploy(context);
      } catch (Exception e) {
        return Future.failedFuture(e);
      }
    }

    @Override
    public Future<?> undeploy(Context context) throws Exception {
      Future<?> begun = outcome;
      Deployable taken = taken();
      return begun != null && begun.succeeded() && taken != null
          ? taken.undeploy(context)
          : Future.succeededFuture();
    }
  }
}
