package io.drawbridge.bridge;

import io.drawbridge.bridge.transport.SocketAcceptor;
import io.drawbridge.config.Settings;
import io.drawbridge.permission.Permissions;
import io.drawbridge.permission.TokenVerifier;
import io.drawbridge.protocol.CloseCode;
import io.drawbridge.protocol.FrameCodec;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The bridge of one node: gives each event loop its acceptor of sockets, and closes them all. */
public final class Bridge {

  private final BridgeEnvironment environment;
  private final List<BridgeLoop> loops = new CopyOnWriteArrayList<>();
  private final int mostLoops;

  /**
   * Opens a bridge.
   *
   * @param hubContext the event-loop context that takes messages from the bus
   * @param mostLoops how many event loops will ask for an acceptor
   */
  public Bridge(
      Vertx vertx,
      Context hubContext,
      Settings settings,
      Permissions permissions,
      TokenVerifier tokens,
      BridgeListener listener,
      int mostLoops) {
    this(
        new BridgeEnvironment(
            vertx,
            settings.bridge(),
            settings.limits(),
            settings.auth().claims(),
            settings.auth().leewaySeconds() * 1000L,
            permissions,
            tokens,
            new FrameCodec(
                settings.limits().addressLength(),
                settings.limits().headers(),
                settings.limits().nesting()),
            new SubscriptionHub(vertx, hubContext, settings.bridge().lingerMillis(), mostLoops),
            new SubjectUsage(settings.limits()),
            listener,
            SessionIds.node()),
        mostLoops);
  }

  Bridge(BridgeEnvironment environment, int mostLoops) {
    this.environment = environment;
    this.mostLoops = mostLoops;
  }

  /** Gives the current event loop its acceptor; call it on that loop, once. */
  public synchronized SocketAcceptor acceptor() {
    if (loops.size() >= mostLoops) {
      throw new IllegalStateException("the bridge was opened for " + mostLoops + " event loops");
    }
    BridgeLoop loop = new BridgeLoop(environment, loops.size());
    loops.add(loop);
    environment.hub().join(loop);
    return loop;
  }

  /** How many addresses have a consumer on this node. */
  public int addresses() {
    return environment.hub().addresses();
  }

  /** Closes every session with 3001 and ends every consumer. */
  public Future<Void> close() {
    List<Future<Void>> closing = new ArrayList<>();
    for (BridgeLoop loop : loops) {
      Promise<Void> closed = Promise.promise();
      closing.add(closed.future());
      loop.execute(
          () -> {
            loop.closeAll(CloseCode.SHUTDOWN);
            loop.stop();
            closed.complete();
          });
    }
    return Future.join(closing).transform(done -> environment.hub().close());
  }
}
