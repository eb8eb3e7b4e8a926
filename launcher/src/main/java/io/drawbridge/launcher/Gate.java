package io.drawbridge.launcher;

import io.drawbridge.bridge.transport.BridgeTransports;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import java.util.function.Consumer;

/**
 * Lets sockets in only while the server serves: not before the plugins are up, and not once it is
 * asked to stop. The probes and the pages are reachable all the time.
 */
final class Gate implements Consumer<Router> {

  private volatile boolean open;

  @Override
  public void accept(Router router) {
    router
        .route(BridgeTransports.PREFIX + "/*")
        .handler(
            request -> {
              if (open) {
                request.next();
              } else {
                request
                    .response()
                    .setStatusCode(503)
                    .putHeader(HttpHeaders.RETRY_AFTER, "1")
                    .end("the server is starting or stopping: try again in a moment\n");
              }
            });
  }

  void open() {
    open = true;
  }

  void close() {
    open = false;
  }
}
