package io.drawbridge.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The assembled server as a process of its own, as {@code ./run} starts it.
 *
 * <p>It listens on a free port, unless the arguments name one, and keeps everything that it writes
 * in the data folder that it is given: start another on the same folder to see what survived.
 */
public final class ServerProcess implements AutoCloseable {

  private static final String READY = "ready ";
  private static final Duration START_BOUND = Duration.ofSeconds(120);
  private static final Duration STOP_BOUND = Duration.ofSeconds(15);

  private final Path dataDirectory;
  private final Process process;
  private final ProcessOutput output;
  private final CompletableFuture<String> ready = new CompletableFuture<>();
  private List<ProcessHandle> orphans = List.of();

  private ServerProcess(Path dataDirectory, Process process) {
    this.dataDirectory = dataDirectory;
    this.process = process;
    this.output = ProcessOutput.of(process, this::look);
    process.onExit().thenRun(() -> ready.completeExceptionally(new IOException("it exited")));
  }

  /**
   * Starts the server and returns once it serves.
   *
   * @param arguments what {@code ./run} takes, such as {@code --conf DIR}
   */
  public static ServerProcess start(Path dataDirectory, String... arguments) {
    var command = new ArrayList<>(List.of(arguments));
    addUnlessGiven(command, "--port", "0");
    addUnlessGiven(command, "--conf", home().resolve("conf").toString());
    addUnlessGiven(command, "--plugins", home().resolve("plugins").toString());
    addUnlessGiven(command, "--data", dataDirectory.toAbsolutePath().toString());
    ServerProcess server = new ServerProcess(dataDirectory, launch(command, true));
    try {
      server.ready.get(START_BOUND.toMillis(), TimeUnit.MILLISECONDS);
      return server;
    } catch (ExecutionException | TimeoutException e) {
      server.close();
      throw new AssertionError("the server did not become ready; it said:\n" + server.output, e);
    } catch (InterruptedException e) {
      server.close();
      throw new IllegalStateException(e);
    }
  }

  /** Where the built server stands complete. */
  public static Path home() {
    Path home = Path.of(System.getProperty("drawbridge.home", "launcher/target/drawbridge"));
    if (!Files.isDirectory(home.resolve("lib"))) {
      throw new IllegalStateException(home + " holds no server: build the launcher first");
    }
    return home;
  }

  /** The server's address without a slash at its end, such as {@code http://127.0.0.1:41873}. */
  public String url() {
    return ready.join();
  }

  public int port() {
    return URI.create(url()).getPort();
  }

  public long pid() {
    return process.pid();
  }

  public Path dataDirectory() {
    return dataDirectory;
  }

  /** A token signed with this server's development key. */
  public String token(String subject, String... authorities) {
    return tokenFor(dataDirectory, subject, authorities);
  }

  /** A token signed with the development key of the server that last used the data folder. */
  public static String tokenFor(Path dataDirectory, String subject, String... authorities) {
    var command = new ArrayList<>(List.of("token", "--sub", subject));
    if (authorities.length > 0) {
      command.addAll(List.of("--grant", String.join(",", authorities)));
    }
    command.addAll(List.of("--data", dataDirectory.toAbsolutePath().toString()));
    return run(command.toArray(String[]::new)).strip();
  }

  /** Runs another of the commands, such as {@code plugins list}; returns what it printed. */
  public static String run(String... arguments) {
    Process command = launch(List.of(arguments), false);
    try {
      String printed = new String(command.getInputStream().readAllBytes());
      String complaint = new String(command.getErrorStream().readAllBytes());
      if (command.waitFor() != 0) {
        throw new AssertionError(
            String.join(" ", arguments) + " exited " + command.exitValue() + ": " + complaint);
      }
      return printed;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      command.destroyForcibly();
      throw new IllegalStateException(e);
    }
  }

  /** Everything that the server has printed so far, errors too. */
  public String output() {
    return output.toString();
  }

  /** Asks it to stop as an operator would (SIGTERM); returns its exit code. */
  public int stop() {
    process.destroy();
    return waitForExit();
  }

  /** Ends it as a power cut would (SIGKILL); what it had started itself is left behind. */
  public void kill() {
    orphans = process.descendants().toList();
    process.destroyForcibly();
    waitForExit();
  }

  /** Stops it if it still runs, and whatever an earlier {@link #kill()} left behind. */
  @Override
  public void close() {
    try {
      if (process.isAlive()) {
        stop();
      }
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      orphans.forEach(ProcessHandle::destroyForcibly);
    }
  }

  private int waitForExit() {
    try {
      if (!process.waitFor(STOP_BOUND.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError("the server did not stop in " + STOP_BOUND + ":\n" + output);
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void look(String line) {
    if (line.startsWith(READY)) {
      ready.complete(line.substring(READY.length()).strip());
    }
  }

  private static void addUnlessGiven(List<String> command, String option, String value) {
    if (command.stream().noneMatch(given -> given.equals(option))) {
      command.addAll(List.of(option, value));
    }
  }

  private static Process launch(List<String> arguments, boolean oneStream) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(Arrays.asList("-Xmx512m", "-XX:+UseSerialGC", "-cp", home() + "/lib/*"));
    command.add("io.drawbridge.launcher.Main");
    command.addAll(arguments);
    try {
      return new ProcessBuilder(command)
          .directory(home().toFile())
          .redirectErrorStream(oneStream)
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
