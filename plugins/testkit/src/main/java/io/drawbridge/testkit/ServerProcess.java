package io.drawbridge.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A server in a process of its own, on a free port of loopback; it ends with the tests. */
final class ServerProcess implements AutoCloseable {

  private static final String READY = "ready ";
  private static final int START_SECONDS = 120;
  private static final int STOP_SECONDS = 15;

  private final Process process;
  private final List<String> output = new CopyOnWriteArrayList<>();
  private final CompletableFuture<String> ready = new CompletableFuture<>();
  private final Thread hook;

  private ServerProcess(Process process) {
    this.process = process;
    this.hook = new Thread(process::destroy, "drawbridge-testkit-stop");
    Runtime.getRuntime().addShutdownHook(hook);
    Thread reader = new Thread(this::read, "drawbridge-testkit-output");
    reader.setDaemon(true);
    reader.start();
  }

  /** Starts it on three folders, and returns once it serves. */
  static ServerProcess start(Path home, Path conf, Path plugins, Path data) throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-Ddrawbridge.home=" + home,
            "-jar",
            home.resolve("lib/drawbridge.jar").toString(),
            "--host=127.0.0.1",
            "--port=0",
            "--conf=" + conf,
            "--plugins=" + plugins,
            "--data=" + data);
    Files.createDirectories(data);
    ServerProcess server =
        new ServerProcess(
            new ProcessBuilder(command).directory(data.toFile()).redirectErrorStream(true).start());
    server.awaitReady();
    return server;
  }

  private void awaitReady() {
    try {
      ready.get(START_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      close();
      throw new AssertionError(
          "the server did not start; it said:\n" + String.join("\n", output), e);
    } catch (InterruptedException e) {
      close();
      throw Interrupted.error(e);
    }
  }

  private void read() {
    try (var lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        output.add(line);
        if (line.startsWith(READY)) {
          ready.complete(line.substring(READY.length()).strip());
        }
      }
    } catch (IOException e) {
      output.add(e.toString());
    }
    ready.completeExceptionally(new IOException("it has ended"));
  }

  /** Without a slash at its end. */
  String url() {
    return ready.join();
  }

  long pid() {
    return process.pid();
  }

  /** Asks it to stop, and ends it if it doesn't. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (InterruptedException e) {
      throw Interrupted.error(e);
    } catch (IllegalStateException e) {
      // The tests' own process is ending, and the hook is at work.
    }
  }
}
