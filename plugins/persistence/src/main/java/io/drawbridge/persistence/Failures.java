package io.drawbridge.persistence;

import io.drawbridge.plugin.HandlerException;
import io.vertx.core.Future;
import io.vertx.core.VertxException;
import io.vertx.sqlclient.DatabaseException;
import java.util.Set;

/** Tells the failures that pass from those that stay. */
final class Failures {

  static final int AWAY = 503;

  /**
   * The classes of SQLSTATE that pass: connection, a server that only reads for now, transaction
   * rolled back, out of resources, locked, operator's intervention, system error.
   */
  private static final Set<String> PASSING = Set.of("08", "25", "40", "53", "55", "57", "58");

  private Failures() {}

  /** Whether it may work later: the database says so, or there is no way to it for now. */
  static boolean passes(Throwable failure) {
    if (failure instanceof DatabaseException answer) {
      String state = answer.getSqlState();
      return state != null && state.length() == 5 && PASSING.contains(state.substring(0, 2));
    }
    return failure instanceof VertxException || !(failure instanceof RuntimeException);
  }

  /** What a caller is told; a failure that stays is for the log. */
  static <T> Future<T> refuse(Throwable failure) {
    return passes(failure)
        ? HandlerException.refuse(AWAY, "the database is away: try again soon")
        : Future.failedFuture(failure);
  }
}
