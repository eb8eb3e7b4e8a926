package io.drawbridge.launcher;

import org.jspecify.annotations.Nullable;

/** Why the server doesn't start, as one line for a person: the file, the place and the remedy. */
final class StartupException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int exitCode;

  private StartupException(int exitCode, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  /** A mistake in the settings or the arguments: exit code 2. */
  static StartupException misconfigured(String message) {
    return new StartupException(ExitCode.USAGE, message, null);
  }

  /** Anything else that keeps the server from starting: exit code 1. */
  static StartupException failed(String message, @Nullable Throwable cause) {
    return new StartupException(ExitCode.FAILED, message, cause);
  }

  int exitCode() {
    return exitCode;
  }
}
