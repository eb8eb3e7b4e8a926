package io.drawbridge.ops;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The probes. Live: the process answers. Ready: it takes connections; 503 before the start has
 * ended and from the moment it is asked to stop. A part that fails while the rest goes on (a
 * plugin, the database) makes the answer {@code degraded} but not 503: with it a load balancer
 * would turn everybody away from what still works. What fails and why is told to ops' networks
 * only.
 */
public final class Health implements Consumer<Router> {

  /** A part that doesn't work, and why. */
  public record Problem(String part, String reason) {}

  /** What the server is up to. */
  public enum Phase {
    STARTING,
    SERVING,
    STOPPING
  }

  private final Supplier<Future<List<Problem>>> problems;
  private final Predicate<RoutingContext> mayKnowWhy;
  private volatile Phase phase = Phase.STARTING;

  /**
   * @param problems what doesn't work at the moment; ends within a second or so
   * @param mayKnowWhy whether a request comes from ops' networks
   */
  public Health(Supplier<Future<List<Problem>>> problems, Predicate<RoutingContext> mayKnowWhy) {
    this.problems = problems;
    this.mayKnowWhy = mayKnowWhy;
  }

  public void enter(Phase next) {
    phase = next;
  }

  @Override
  public void accept(Router router) {
    router.get("/health/live").handler(request -> answer(request, 200, status("live")));
    router.get("/health/ready").handler(this::ready);
  }

  private void ready(RoutingContext request) {
    Phase now = phase;
    if (now != Phase.SERVING) {
      answer(request, 503, status(now == Phase.STARTING ? "starting" : "stopping"));
      return;
    }
    problems
        .get()
        .onSuccess(found -> answer(request, 200, described(found, mayKnowWhy.test(request))))
        .onFailure(request::fail);
  }

  private static JsonObject described(List<Problem> found, boolean why) {
    JsonObject body = status(found.isEmpty() ? "ready" : "degraded");
    return found.isEmpty() || !why ? body : body.put("problems", listed(found));
  }

  private static JsonArray listed(List<Problem> problems) {
    JsonArray list = new JsonArray();
    for (Problem problem : problems) {
      list.add(new JsonObject().put("part", problem.part()).put("reason", problem.reason()));
    }
    return list;
  }

  private static JsonObject status(String word) {
    return new JsonObject().put("status", word);
  }

  private static void answer(RoutingContext request, int status, JsonObject body) {
    request
        .response()
        .setStatusCode(status)
        .putHeader("content-type", "application/json")
        .putHeader("cache-control", "no-store")
        .end(body.toBuffer());
  }
}
