package io.drawbridge.launcher;

/** What the process tells the shell when it ends. */
final class ExitCode {

  static final int STOPPED = 0;
  static final int FAILED = 1;
  static final int USAGE = 2;

  private ExitCode() {}
}
