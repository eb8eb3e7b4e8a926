package io.drawbridge.pluginhost.routing;

import io.drawbridge.plugin.RequestHandler;
import io.vertx.core.Context;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The calls of one address that wait for one instance of a plugin. They start in order, on the
 * instance's context; until then they are the host's. Guarded by its {@link AddressQueue}.
 */
public final class Lane {

  final RequestHandler handler;
  final Deque<Call> waiting = new ArrayDeque<>();

  /** Calls whose handler has been entered and has not returned; one, but for virtual threads. */
  final List<Call> entered = new ArrayList<>(1);

  /** Turns that the context owes: never more than calls wait, unless calls were answered early. */
  int turns;

  private final Context context;

  /** A lane to one instance's handler. */
  public Lane(Context context, RequestHandler handler) {
    this.context = context;
    this.handler = handler;
  }

  /** Asks the instance's context for a turn. */
  void take(Runnable turn) {
    context.runOnContext(nothing -> turn.run());
  }
}
