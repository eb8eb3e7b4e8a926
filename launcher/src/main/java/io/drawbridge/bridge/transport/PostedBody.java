package io.drawbridge.bridge.transport;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/** Gathers a request's body up to a bound; one in chunks does not say how long it will be. */
final class PostedBody {

  private final Promise<Buffer> whole = Promise.promise();
  private final Buffer gathered = Buffer.buffer();
  private final long bound;

  PostedBody(long bound) {
    this.bound = bound;
  }

  /** Fails as soon as the body is too long; a connection that breaks ends it never. */
  Future<Buffer> read(HttpServerRequest request) {
    request.handler(
        part -> {
          if (gathered.length() + part.length() <= bound) {
            gathered.appendBuffer(part);
          } else {
            whole.tryFail("longer than " + bound + " bytes");
          }
        });
    request.endHandler(end -> whole.tryComplete(gathered));
    return whole.future();
  }
}
