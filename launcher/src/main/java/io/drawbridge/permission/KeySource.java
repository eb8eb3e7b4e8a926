package io.drawbridge.permission;

import io.vertx.core.Future;

/** Where the keys in force come from. Used on any thread. */
interface KeySource {

  /** The keys as known now. */
  TokenKeys keys();

  /** Looks for newer ones; ends on any thread, and at once where it is too early to ask again. */
  Future<TokenKeys> refetch();

  /** Keys that never change. */
  static KeySource fixed(TokenKeys keys) {
    return new KeySource() {
      @Override
      public TokenKeys keys() {
        return keys;
      }

      @Override
      public Future<TokenKeys> refetch() {
        return Future.succeededFuture(keys);
      }
    };
  }
}
