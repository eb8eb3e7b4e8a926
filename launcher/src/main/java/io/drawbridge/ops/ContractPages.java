package io.drawbridge.ops;

import io.drawbridge.pluginhost.contract.AsyncApi;
import io.drawbridge.pluginhost.contract.PluginDescriptor;
import io.drawbridge.pluginhost.contract.TypeScriptTypes;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the plugins that run take and give, for tools: {@code /asyncapi.json} and {@code
 * /client/types.d.ts}. For everyone, like the client beside them: they name addresses and
 * authorities, which protect nothing by being secret. Both are written off the event loop when
 * somebody asks after a deployment, and kept until the next.
 */
public final class ContractPages implements Consumer<Router> {

  private record Page(Buffer content, String tag) {
    static Page of(String text) {
      Buffer content = Buffer.buffer(text);
      return new Page(
          content, "\"" + Integer.toHexString(content.hashCode()) + "-" + content.length() + "\"");
    }
  }

  private record Pages(List<PluginDescriptor> plugins, Page asyncApi, Page types) {}

  private final Supplier<List<PluginDescriptor>> running;
  private final Supplier<AsyncApi.Server> server;
  private volatile @Nullable Pages kept;

  /**
   * @param running the descriptors of the plugins that serve; asked at each request, so it should
   *     cost nothing
   */
  public ContractPages(Supplier<List<PluginDescriptor>> running, Supplier<AsyncApi.Server> server) {
    this.running = running;
    this.server = server;
  }

  @Override
  public void accept(Router router) {
    serve(router, "/asyncapi.json", "application/json; charset=UTF-8", Pages::asyncApi);
    serve(router, "/client/types.d.ts", "text/plain; charset=UTF-8", Pages::types);
  }

  private void serve(Router router, String path, String type, Function<Pages, Page> which) {
    router
        .route(path)
        .method(HttpMethod.GET)
        .method(HttpMethod.HEAD)
        .handler(
            request ->
                pages(request.vertx())
                    .onSuccess(pages -> answer(request, type, which.apply(pages)))
                    .onFailure(request::fail));
  }

  private Future<Pages> pages(Vertx vertx) {
    List<PluginDescriptor> now = running.get();
    Pages known = kept;
    return known != null && known.plugins().equals(now)
        ? Future.succeededFuture(known)
        : vertx.executeBlocking(() -> written(now));
  }

  private synchronized Pages written(List<PluginDescriptor> now) {
    Pages known = kept;
    if (known != null && known.plugins().equals(now)) {
      return known;
    }
    var pages =
        new Pages(
            List.copyOf(now),
            Page.of(AsyncApi.document(now, server.get())),
            Page.of(TypeScriptTypes.document(now)));
    kept = pages;
    return pages;
  }

  private static void answer(RoutingContext request, String type, Page page) {
    HttpServerResponse response =
        request
            .response()
            .putHeader(HttpHeaders.ETAG, page.tag())
            .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
            .putHeader("X-Content-Type-Options", "nosniff");
    if (page.tag().equals(request.request().getHeader(HttpHeaders.IF_NONE_MATCH))) {
      response.setStatusCode(304).end();
      return;
    }
    response.putHeader(HttpHeaders.CONTENT_TYPE, type);
    if (HttpMethod.HEAD.equals(request.request().method())) {
      String length = String.valueOf(page.content().length());
      response.putHeader(HttpHeaders.CONTENT_LENGTH, length).end();
    } else {
      response.end(page.content());
    }
  }
}
