package io.drawbridge.acceptance.page;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.bridge.PermittedOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.sockjs.SockJSBridgeOptions;
import io.vertx.ext.web.handler.sockjs.SockJSHandler;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A Vert.x bridge as it comes, with our client's files beside it: {@code greet} answers, {@code
 * fail} fails with 418, {@code ask} asks back, {@code news} is anybody's, all else is denied.
 */
final class StockBridge implements AutoCloseable {

  private static final Path CLIENT =
      Path.of(System.getProperty("drawbridge.root"), "webroot", "client");

  private final Vertx vertx = Vertx.vertx();
  private HttpServer server;

  StockBridge() {
    var bus = vertx.eventBus();
    bus.<String>consumer("greet", message -> message.reply("Hello " + message.body()));
    bus.consumer("fail", message -> message.fail(418, "a teapot"));
    bus.<String>consumer(
        "ask",
        message ->
            message
                .<String>replyAndRequest("who?")
                .onSuccess(answer -> answer.reply("so it is " + answer.body())));
    listen(0);
  }

  private void listen(int port) {
    Router router = Router.router(vertx);
    var options = new SockJSBridgeOptions();
    for (String address : new String[] {"greet", "fail", "ask", "news", "nobody"}) {
      options.addInboundPermitted(new PermittedOptions().setAddress(address));
    }
    options.addOutboundPermitted(new PermittedOptions().setAddress("news"));
    router.post("/eventbus/*").handler(BodyHandler.create(false));
    router.route("/eventbus*").subRouter(SockJSHandler.create(vertx).bridge(options));
    router.get("/client/:file").handler(context -> sendFile(context.request()));
    router
        .get("/")
        .handler(
            context ->
                context
                    .response()
                    .putHeader("Content-Type", "text/html")
                    .end("<!doctype html><title>t</title><link rel=icon href='data:,'>"));
    server = vertx.createHttpServer().requestHandler(router).listen(port, "127.0.0.1").await();
  }

  private static void sendFile(HttpServerRequest request) {
    Path file = CLIENT.resolve(request.path().substring("/client/".length()));
    if (Files.isRegularFile(file)) {
      request.response().putHeader("Content-Type", "text/javascript").sendFile(file.toString());
    } else {
      request.response().setStatusCode(404).end();
    }
  }

  String url() {
    return "http://127.0.0.1:" + server.actualPort() + "/";
  }

  void publish(String address, String body) {
    vertx.eventBus().publish(address, body);
  }

  /** Drops every connection and comes back at the same place. */
  void restart() {
    int port = server.actualPort();
    server.close().await();
    listen(port);
  }

  @Override
  public void close() {
    vertx.close().await();
  }
}
