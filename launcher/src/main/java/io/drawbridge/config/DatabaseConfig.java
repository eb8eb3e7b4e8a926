package io.drawbridge.config;

import org.jspecify.annotations.Nullable;

/**
 * The database that plugins share.
 *
 * @param uri {@code postgresql://user:password@host:port/name}; null means the embedded one
 * @param connections the pool's size
 * @param waiting how many may wait for a connection
 * @param waitMillis how long they may wait
 * @param startSeconds how long the embedded one may take to start
 * @param statementSeconds how long one statement may take
 */
public record DatabaseConfig(
    @Nullable String uri,
    int connections,
    int waiting,
    int waitMillis,
    int startSeconds,
    int statementSeconds) {

  public DatabaseConfig {
    var checks =
        new Checks("/database")
            .bounds("connections", connections)
            .bounds("waiting", waiting)
            .bounds("waitMillis", waitMillis)
            .bounds("startSeconds", startSeconds)
            .bounds("statementSeconds", statementSeconds);
    if (uri != null) {
      checks.format("uri", "postgres-uri", uri);
    }
    checks.done();
  }

  @Override
  public String toString() {
    return "DatabaseConfig[uri=" + (uri == null ? "embedded" : "***") + "]";
  }
}
