package io.drawbridge.bridge.transport;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;

/**
 * One HTTP response that carries a session's frames: a poll carries one, a stream many. The session
 * may live on another event loop than the connection; each call here comes from the session's, and
 * the response is touched on its own.
 */
final class SockJsReceiver {

  private final SockJsTransport transport;
  private final String callback;
  private final HttpServerRequest request;
  private final HttpServerResponse response;
  private final SocketLoop loop = SocketLoop.current();
  private final int streamBytes;
  private long sent;
  private boolean finished;

  /** Takes over the response, whose status and headers are set but not sent. */
  SockJsReceiver(
      SockJsTransport transport, String callback, HttpServerRequest request, int streamBytes) {
    this.transport = transport;
    this.callback = callback;
    this.request = request;
    this.response = request.response();
    this.streamBytes = streamBytes;
    response.putHeader(HttpHeaders.CONTENT_TYPE, transport.contentType());
  }

  /** Begins the response; {@code gone} is called, on this loop, if the client breaks it off. */
  void begin(Runnable gone) {
    response.closeHandler(closed -> gone.run());
    response.exceptionHandler(failed -> {});
    if (!transport.streaming()) {
      return;
    }
    if (request.version() == HttpVersion.HTTP_1_0) {
      // Without chunks only the connection's end can end the stream.
      response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
    response.setChunked(true);
    response.write(transport.prelude(callback));
  }

  /** Sends a frame; {@code written} is called, on any thread, when the network has taken it. */
  int send(byte[] frame, Runnable written) {
    Buffer wrapped = transport.wrap(frame, callback);
    sent += wrapped.length();
    boolean last = !transport.streaming() || sent >= streamBytes;
    finished |= last;
    loop.reach(() -> write(wrapped, last, written));
    return wrapped.length();
  }

  /** Sends a last frame. */
  void finish(byte[] frame) {
    if (!finished) {
      finished = true;
      Buffer wrapped = transport.wrap(frame, callback);
      loop.reach(() -> write(wrapped, true, () -> {}));
    }
  }

  /** Whether it takes no more frames. */
  boolean finished() {
    return finished;
  }

  private void write(Buffer wrapped, boolean last, Runnable written) {
    if (response.ended() || response.closed()) {
      written.run();
    } else if (!last) {
      response.write(wrapped).onComplete(done -> written.run());
    } else if (transport.streaming()) {
      response.write(wrapped).onComplete(done -> written.run());
      response.end().onComplete(done -> ended());
    } else {
      response.end(wrapped).onComplete(done -> written.run());
    }
  }

  /** A connection that stays alive serves the next poll: it is never closed here, but for 1.0. */
  private void ended() {
    if (request.version() == HttpVersion.HTTP_1_0) {
      request.connection().close();
    }
  }
}
