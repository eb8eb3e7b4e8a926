package io.drawbridge.bridge;

import io.drawbridge.bridge.transport.BridgeTransports;
import io.drawbridge.http.HttpEntrance;
import io.drawbridge.http.HttpLoop;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One event loop's HTTP server; as many as are deployed share the port. Routes that others hand in
 * are mounted before the bridge's own, in their order.
 */
public final class BridgeVerticle extends VerticleBase {

  private final HttpEntrance entrance;
  private final BridgeTransports transports;
  private final List<Consumer<Router>> routes;
  private @Nullable HttpServer server;

  /** The first two are shared by all event loops; the consumers are called once for each. */
  public BridgeVerticle(
      HttpEntrance entrance, BridgeTransports transports, List<Consumer<Router>> routes) {
    this.entrance = entrance;
    this.transports = transports;
    this.routes = List.copyOf(routes);
  }

  @Override
  public Future<?> start() {
    Router router = Router.router(vertx);
    HttpLoop loop = entrance.loop(vertx);
    routes.forEach(route -> route.accept(router));
    transports.mount(router, loop);
    return loop.listen(router).onSuccess(listening -> server = listening);
  }

  @Override
  public Future<?> stop() {
    HttpServer listening = server;
    return listening == null ? Future.succeededFuture() : listening.close();
  }
}
