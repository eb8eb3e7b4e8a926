package io.drawbridge.pluginhost.routing;

import io.drawbridge.plugin.RequestHandler;
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

  private final LoopShare share;
  private final LoopPulse pulse;
  private final String what;

  /**
   * A lane to one instance's handler.
   *
   * @param share where the instance takes its turns
   * @param pulse of the instance's event loop
   * @param what the log calls the handler
   */
  public Lane(LoopShare share, RequestHandler handler, LoopPulse pulse, String what) {
    this.share = share;
    this.handler = handler;
    this.pulse = pulse;
    this.what = what;
  }

  /** A handler is called on the instance's thread. */
  void enter() {
    pulse.enter(what);
  }

  /** It has returned. */
  void leave() {
    pulse.leave();
  }

  /** Asks the instance's context for a turn. */
  void take(Runnable turn) {
    share.take(turn);
  }
}
