package io.drawbridge.permission;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;

/** Verifies JWTs on the caller's event loop; only an unknown key makes it wait. */
final class JwtVerifier implements TokenVerifier {

  private final Vertx vertx;
  private final TokenCheck check;
  private final KeySource source;

  JwtVerifier(Vertx vertx, TokenCheck check, KeySource source) {
    this.vertx = vertx;
    this.check = check;
    this.source = source;
  }

  @Override
  public Future<Verification> verify(String token) {
    TokenKeys known = source.keys();
    Verification first = check.check(token, known);
    if (first != TokenCheck.UNKNOWN_KEY) {
      return Future.succeededFuture(first);
    }
    Context caller = vertx.getOrCreateContext();
    Promise<Verification> promise = Promise.promise();
    source
        .refetch()
        .otherwise(known)
        .onSuccess(
            keys -> caller.runOnContext(v -> promise.complete(again(token, keys, known, first))));
    return promise.future();
  }

  @SuppressWarnings("ReferenceEquality") // the same set can't know more the second time
  private Verification again(String token, TokenKeys keys, TokenKeys known, Verification first) {
    return keys == known ? first : check.check(token, keys);
  }
}
