package io.drawbridge.acceptance.stock;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.bridge.PermittedOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.sockjs.SockJSBridgeOptions;
import io.vertx.ext.web.handler.sockjs.SockJSHandler;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Vert.x Web's own bridge, in this process, set up as its documentation shows and open at the same
 * addresses as {@link OurServer}.
 */
final class StockBridge implements AutoCloseable {

  private static final int BOUND_SECONDS = 15;

  private final Vertx vertx = Vertx.vertx();
  private final Map<String, AtomicInteger> deliveries = new ConcurrentHashMap<>();
  private final HttpServer server;

  private StockBridge(SockJSBridgeOptions options) throws Exception {
    vertx
        .eventBus()
        .addInboundInterceptor(
            delivery -> {
              count(delivery.message().address()).incrementAndGet();
              delivery.next();
            });
    vertx.eventBus().<JsonObject>consumer("peer.echo", asked -> asked.reply(asked.body()));
    vertx.eventBus().<JsonObject>consumer("peer.fail", asked -> asked.fail(421, "no such thing"));
    Router router = Router.router(vertx);
    router.route("/eventbus/*").subRouter(SockJSHandler.create(vertx).bridge(options));
    server =
        vertx
            .createHttpServer()
            .requestHandler(router)
            .listen(0, "127.0.0.1")
            .await(BOUND_SECONDS, TimeUnit.SECONDS);
  }

  static StockBridge start() throws Exception {
    return start(new SockJSBridgeOptions());
  }

  /** With limits as given; addresses are opened here. */
  static StockBridge start(SockJSBridgeOptions limits) throws Exception {
    return new StockBridge(
        limits
            .addInboundPermitted(new PermittedOptions().setAddressRegex("plain\\..*"))
            .addOutboundPermitted(new PermittedOptions().setAddressRegex("plain\\..*"))
            .addInboundPermitted(new PermittedOptions().setAddressRegex("peer\\..*"))
            .addInboundPermitted(guarded())
            .addOutboundPermitted(guarded()));
  }

  private static PermittedOptions guarded() {
    return new PermittedOptions().setAddressRegex("guarded\\..*").setRequiredAuthority("guard:use");
  }

  int port() {
    return server.actualPort();
  }

  Vertx vertx() {
    return vertx;
  }

  /** How often the bus has handed a message of this address to a consumer. */
  int busDeliveries(String address) {
    return count(address).get();
  }

  private AtomicInteger count(String address) {
    return deliveries.computeIfAbsent(address, unseen -> new AtomicInteger());
  }

  @Override
  public void close() throws Exception {
    vertx.close().await(BOUND_SECONDS, TimeUnit.SECONDS);
  }
}
