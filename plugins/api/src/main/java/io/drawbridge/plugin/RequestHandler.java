package io.drawbridge.plugin;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/**
 * Answers the requests of one address, or hears its events.
 *
 * <p>Promises of the host:
 *
 * <ol>
 *   <li>Calls of one browser session at one address start in the order in which the browser made
 *       them, on one and the same instance. They may overlap: the second may start before the
 *       future of the first has completed. When another version takes over, it is called only after
 *       the handlers of this one have returned from that session's earlier calls.
 *   <li>Calls start on the instance's own context, wherever the request came from.
 *   <li>No more than {@code plugins.inFlight} calls of an address are under way at once; further
 *       ones wait, and past {@code plugins.queue} are refused with 4106.
 *   <li>A request is answered exactly once. One whose future has not completed after {@code
 *       plugins.requestSeconds} is answered with 4108, and what its future says later is ignored.
 * </ol>
 */
@FunctionalInterface
public interface RequestHandler {

  /**
   * Answers a request, soon or later.
   *
   * <p>At an address of kind {@code request}, the future's value is the reply. Failing it with a
   * {@link HandlerException}, or throwing one, tells the caller its code and text. Any other
   * failure, a throw, a null future and a null reply are {@code 4110 the handler of … failed} for
   * the caller and a line with the cause in the log.
   *
   * <p>At an address of kind {@code event}, nobody is answered: the sender is told that the event
   * was taken before this is called. The value does not matter, and a failure goes to the log.
   *
   * @param body the request's body, already checked by the address's schema; empty if none was
   *     sent. It is this call's own to change
   * @param caller who asks
   * @return the reply's body; must not be null
   */
  Future<JsonObject> handle(JsonObject body, Caller caller);
}
