package io.drawbridge.ops;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A server on a free port with some routes; asks it as an outsider would. */
final class OpsServer implements AutoCloseable {

  private final Vertx vertx;
  private final HttpServer server;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  OpsServer(List<Consumer<Router>> routes) {
    this(Vertx.vertx(), routes);
  }

  /** Ends that Vert.x with it. */
  OpsServer(Vertx vertx, List<Consumer<Router>> routes) {
    this.vertx = vertx;
    Router router = Router.router(vertx);
    routes.forEach(route -> route.accept(router));
    server = await(vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1"));
  }

  HttpResponse<String> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url() + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request);
  }

  String url() {
    return "http://127.0.0.1:" + server.actualPort();
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return client.send(request.timeout(Duration.ofSeconds(10)).build(), BodyHandlers.ofString());
  }

  @Override
  public void close() {
    await(vertx.close());
  }

  private static <T> T await(io.vertx.core.Future<T> future) {
    try {
      return future.await(10, TimeUnit.SECONDS);
    } catch (java.util.concurrent.TimeoutException e) {
      throw new AssertionError(e);
    }
  }
}
