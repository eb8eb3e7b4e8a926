package io.drawbridge.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One server under test: a process of its own that has said that it is ready. */
final class ServerProcess implements AutoCloseable {

  /** The same for both sides. Serial collection: no background threads that blur CPU time. */
  private static final List<String> JVM_FLAGS =
      List.of("-Xms256m", "-Xmx1g", "-Xmn128m", "-XX:+UseSerialGC");

  private static final Duration START = Duration.ofSeconds(60);

  private final String name;
  private final int port;
  private final Process process;
  private final Thread endWithUs;

  private ServerProcess(String name, int port, Process process) {
    this.name = name;
    this.port = port;
    this.process = process;
    this.endWithUs = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(endWithUs);
  }

  /** Starts a JVM and waits for its ready line. */
  static ServerProcess start(String name, int port, Path directory, List<String> arguments)
      throws IOException, InterruptedException {
    Path log = directory.resolve(name + ".log");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JVM_FLAGS);
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    ServerProcess server = new ServerProcess(name, port, process);
    server.awaitReady(log);
    return server;
  }

  private void awaitReady(Path log) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + START.toNanos();
    while (!Files.readString(log).lines().anyMatch(line -> line.startsWith("ready http://"))) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        close();
        throw new BenchException(
            "the " + name + " server did not start; it said:\n" + Files.readString(log));
      }
      process.waitFor(50, TimeUnit.MILLISECONDS);
    }
  }

  String name() {
    return name;
  }

  int port() {
    return port;
  }

  ProcessFigures figures() {
    return new ProcessFigures(process.pid());
  }

  static String jvmFlags() {
    return String.join(" ", JVM_FLAGS);
  }

  /** Asks the process to stop; ends it if it doesn't within a few seconds. */
  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(endWithUs);
    process.destroy();
    try {
      if (!process.waitFor(15, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
