package io.drawbridge.config;

/**
 * How much the logs may hold.
 *
 * @param fileBytes how long a log file gets before the next begins
 * @param files how many files of each log are kept beside the one that is written
 * @param queue lines that may wait to be written; further ones are dropped
 * @param auditPerSecond lines of the audit log in one second; how many were left out is said
 */
public record LogsConfig(long fileBytes, int files, int queue, int auditPerSecond) {

  public LogsConfig {
    new Checks("/logs")
        .bounds("fileBytes", (double) fileBytes)
        .bounds("files", files)
        .bounds("queue", queue)
        .bounds("auditPerSecond", auditPerSecond)
        .done();
  }
}
