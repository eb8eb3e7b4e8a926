package io.drawbridge.bridge.transport;

import io.drawbridge.bridge.BridgeVerticle;
import io.drawbridge.config.Settings;
import io.drawbridge.http.HttpEntrance;
import io.drawbridge.http.RefusalListener.Refusal;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.ext.web.Router;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A server on two event loops whose sockets say back what they hear. */
final class TestServer implements AutoCloseable {

  final Queue<EchoSocket> sockets = new ConcurrentLinkedQueue<>();
  final Queue<Refusal> refusals = new ConcurrentLinkedQueue<>();
  final HttpEntrance entrance;
  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));

  TestServer(TestSettings settings, List<Consumer<Router>> routes) {
    Settings all = settings.settings();
    entrance = new HttpEntrance(all.http(), all.limits(), refusals::add);
    BridgeTransports transports = new BridgeTransports(all, entrance, () -> this::accept);
    await(
        vertx.deployVerticle(
            () -> new BridgeVerticle(entrance, transports, routes),
            new DeploymentOptions().setInstances(2)));
  }

  private EchoSocket accept(Socket socket) {
    EchoSocket echo = new EchoSocket(socket);
    sockets.add(echo);
    return echo;
  }

  static TestServer start(TestSettings settings) {
    return new TestServer(settings, List.of());
  }

  static TestServer start() {
    return start(new TestSettings());
  }

  int port() {
    return entrance.actualPort();
  }

  EchoSocket onlySocket() {
    Wait.until("a socket", () -> !sockets.isEmpty());
    return sockets.peek();
  }

  @Override
  public void close() {
    await(vertx.close());
  }

  private static void await(io.vertx.core.Future<?> future) {
    try {
      future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
