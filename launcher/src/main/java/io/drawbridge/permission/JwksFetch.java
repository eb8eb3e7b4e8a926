package io.drawbridge.permission;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.util.concurrent.TimeUnit;

/** Fetches a key set over HTTP, with a bound on its time and its size; follows no redirect. */
final class JwksFetch {

  private static final int LONGEST = 512 * 1024;
  private static final int OK = 200;

  private final HttpClient client;
  private final URI uri;
  private final int timeoutMillis;

  JwksFetch(Vertx vertx, URI uri, int timeoutMillis) {
    var options = new HttpClientOptions().setConnectTimeout(timeoutMillis).setKeepAlive(false);
    this.client = vertx.createHttpClient(options);
    this.uri = uri;
    this.timeoutMillis = timeoutMillis;
  }

  /** The set's text; fails with a sentence's end for ops. */
  Future<String> get() {
    var options =
        new RequestOptions()
            .setMethod(HttpMethod.GET)
            .setAbsoluteURI(uri.toString())
            .setTimeout(timeoutMillis)
            .putHeader("Accept", "application/jwk-set+json, application/json");
    return client
        .request(options)
        .compose(
            request ->
                request
                    .send()
                    .compose(JwksFetch::body)
                    .timeout(timeoutMillis, TimeUnit.MILLISECONDS)
                    .onFailure(late -> request.reset()))
        .timeout(timeoutMillis, TimeUnit.MILLISECONDS);
  }

  private static Future<String> body(HttpClientResponse response) {
    Promise<String> promise = Promise.promise();
    response.exceptionHandler(promise::tryFail);
    if (response.statusCode() != OK) {
      return Future.failedFuture("it answers with status " + response.statusCode());
    }
    Buffer whole = Buffer.buffer();
    response.handler(
        part -> {
          if (whole.length() + part.length() > LONGEST) {
            promise.tryFail("it is larger than 512 KiB");
          } else {
            whole.appendBuffer(part);
          }
        });
    response.endHandler(end -> promise.tryComplete(whole.toString()));
    return promise.future();
  }
}
