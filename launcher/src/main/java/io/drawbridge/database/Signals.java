package io.drawbridge.database;

import java.time.Duration;
import java.util.List;

/** Sends a signal that the JDK has no word for. */
final class Signals {

  private Signals() {}

  /** By the shell's own {@code kill}: the command of that name is missing on small systems. */
  static void send(long pid, String signal) {
    Command.run(List.of("sh", "-c", "kill -" + signal + " " + pid), "", Duration.ofSeconds(5));
  }
}
