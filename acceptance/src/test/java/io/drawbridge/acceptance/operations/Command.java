package io.drawbridge.acceptance.operations;

import io.drawbridge.acceptance.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What came of the home's start script: exit code and both outputs. */
record Command(int exit, String out, String err) {

  private static final int BOUND_SECONDS = 60;

  /** Runs {@code bin/drawbridge} in a folder until it ends. */
  static Command run(Path directory, String... arguments) {
    return run(directory, Map.of(), "", arguments);
  }

  static Command run(
      Path directory, Map<String, String> environment, String input, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(ServerProcess.home().resolve("bin/drawbridge").toAbsolutePath().toString());
    command.addAll(List.of(arguments));
    try {
      Path out = Files.createTempFile("drawbridge", ".out");
      Path err = Files.createTempFile("drawbridge", ".err");
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile());
      builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
      builder.environment().putAll(environment);
      Process process = builder.start();
      process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().close();
      if (!process.waitFor(BOUND_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(command + " did not end: " + Files.readString(err));
      }
      return new Command(process.exitValue(), read(out), read(err));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String read(Path file) throws IOException {
    String text = Files.readString(file);
    Files.delete(file);
    return text;
  }
}
