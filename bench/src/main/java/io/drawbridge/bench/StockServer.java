package io.drawbridge.bench;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.bridge.PermittedOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.sockjs.SockJSBridgeOptions;
import io.vertx.ext.web.handler.sockjs.SockJSHandler;
import java.util.concurrent.TimeUnit;

/**
 * The other side of every comparison: Vert.x Web's own event-bus bridge with its default options,
 * open at the bench's addresses. {@code java … StockServer PORT} prints one ready line and serves
 * until it is ended.
 */
public final class StockServer extends AbstractVerticle {

  private final int port;

  private StockServer(int port) {
    this.port = port;
  }

  /** One verticle per processor, so that the stock bridge has all the machine has. */
  public static void main(String[] arguments) throws Exception {
    int port = Integer.parseInt(arguments[0]);
    Vertx vertx = Vertx.vertx();
    vertx
        .eventBus()
        .consumer(Addresses.ECHO, message -> message.reply(message.body()))
        .completion()
        .await(10, TimeUnit.SECONDS);
    int instances = Runtime.getRuntime().availableProcessors();
    vertx
        .deployVerticle(
            () -> new StockServer(port), new DeploymentOptions().setInstances(instances))
        .await(10, TimeUnit.SECONDS);
    System.out.println("ready http://127.0.0.1:" + port);
  }

  @Override
  public void start(Promise<Void> started) {
    // Exact addresses are the cheapest rules that the stock bridge has.
    SockJSBridgeOptions options =
        new SockJSBridgeOptions()
            .addInboundPermitted(new PermittedOptions().setAddress(Addresses.ECHO))
            .addInboundPermitted(new PermittedOptions().setAddress(Addresses.FAN_OUT))
            .addOutboundPermitted(new PermittedOptions().setAddress(Addresses.FAN_OUT));
    Router router = Router.router(vertx);
    router.route("/eventbus/*").subRouter(SockJSHandler.create(vertx).bridge(options));
    vertx
        .createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(port))
        .requestHandler(router)
        .listen()
        .<Void>mapEmpty()
        .onComplete(started);
  }
}
