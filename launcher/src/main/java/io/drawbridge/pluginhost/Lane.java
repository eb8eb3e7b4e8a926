package io.drawbridge.pluginhost;

import io.drawbridge.plugin.RequestHandler;
import io.vertx.core.Context;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The calls of one address that wait for one instance of a plugin. They start in order, on the
 * instance's context; until then they are the host's. Guarded by its {@link AddressQueue}.
 */
final class Lane {

  final RequestHandler handler;
  final Deque<Call> waiting = new ArrayDeque<>();

  /** Turns that the context owes: never more than calls wait, unless calls were answered early. */
  int turns;

  private final Context context;

  Lane(Context context, RequestHandler handler) {
    this.context = context;
    this.handler = handler;
  }

  /** Asks the instance's context for a turn. */
  void take(Runnable turn) {
    context.runOnContext(nothing -> turn.run());
  }
}
