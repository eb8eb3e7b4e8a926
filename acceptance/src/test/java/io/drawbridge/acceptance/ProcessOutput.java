package io.drawbridge.acceptance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.function.Consumer;

/** The last lines that a process printed, kept while it runs. */
public final class ProcessOutput {

  private static final int LINES = 10_000;

  private final ArrayDeque<String> lines = new ArrayDeque<>();

  private ProcessOutput() {}

  /** Reads on a thread of its own until the process ends; {@code eachLine} runs on that thread. */
  public static ProcessOutput of(Process process, Consumer<String> eachLine) {
    var output = new ProcessOutput();
    var reader = new Thread(() -> output.read(process, eachLine), "output of " + process.pid());
    reader.setDaemon(true);
    reader.start();
    return output;
  }

  private void read(Process process, Consumer<String> eachLine) {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        keep(line);
        eachLine.accept(line);
      }
    } catch (IOException e) {
      keep("(the output ended: " + e.getMessage() + ")");
    }
  }

  private synchronized void keep(String line) {
    if (lines.size() == LINES) {
      lines.removeFirst();
    }
    lines.addLast(line);
  }

  @Override
  public synchronized String toString() {
    return String.join("\n", lines);
  }
}
