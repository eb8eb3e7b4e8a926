package io.drawbridge.database;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs a short command of the system, with a bound on its time and on what is kept of its words.
 */
final class Command {

  private static final Path SETSID = Path.of("/usr/bin/setsid");
  private static final int KEPT_CHARACTERS = 4_000;

  private Command() {}

  /** What became of a command: its exit code, and the end of what it wrote. */
  record Outcome(int exitCode, String output) {
    boolean succeeded() {
      return exitCode == 0;
    }

    /** The last line that says something. */
    String lastLine() {
      return output.lines().filter(line -> !line.isBlank()).reduce("", (first, second) -> second);
    }
  }

  /** Runs a command with this input; a command that is not there counts as failed with 127. */
  static Outcome run(List<String> command, String input, Duration bound) {
    try {
      Path output = Files.createTempFile("drawbridge-command", ".out");
      try {
        Process process = builder(command).redirectOutput(output.toFile()).start();
        return finish(process, input, output, bound);
      } finally {
        Files.deleteIfExists(output);
      }
    } catch (IOException e) {
      return new Outcome(127, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DatabaseException("interrupted while " + command.get(0) + " ran", e);
    }
  }

  /** Out of the terminal's group, whose Ctrl-C is ours to answer and not the database's. */
  static List<String> detached(List<String> command) {
    if (!Files.isExecutable(SETSID)) {
      return command;
    }
    List<String> detached = new ArrayList<>(command);
    detached.add(0, SETSID.toString());
    return detached;
  }

  /** A process with one stream of output, and nothing of our environment that means a database. */
  static ProcessBuilder builder(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
    builder.environment().put("LC_ALL", "C");
    builder.environment().put("TZ", "UTC");
    return builder;
  }

  private static Outcome finish(Process process, String input, Path output, Duration bound)
      throws IOException, InterruptedException {
    try (OutputStream stdin = process.getOutputStream()) {
      stdin.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // It ended without reading; its exit code and its words say why.
    }
    if (!process.waitFor(bound.toMillis(), TimeUnit.MILLISECONDS)) {
      process.destroyForcibly();
      return new Outcome(124, "it did not end within " + bound.toSeconds() + " s");
    }
    String words = Files.readString(output, StandardCharsets.ISO_8859_1);
    return new Outcome(
        process.exitValue(), words.substring(Math.max(0, words.length() - KEPT_CHARACTERS)));
  }
}
