package io.drawbridge.database;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** One running PostgreSQL: its process, what it says, and how it ends. */
final class Postmaster {

  private static final Logger LOGGER = LoggerFactory.getLogger(Postmaster.class);
  private static final int KEPT_LINES = 20;
  private static final int STATUS_LINE = 7;

  private final Process process;
  private final Path cluster;
  private final Thread reader;
  private final Deque<String> lastLines = new ArrayDeque<>();

  private Postmaster(Process process, Path cluster) {
    this.process = process;
    this.cluster = cluster;
    this.reader = new Thread(this::listen, "postgres-words");
    reader.setDaemon(true);
  }

  /** Starts the process; it takes no connections yet. */
  static Postmaster start(List<String> command, Path cluster) throws IOException {
    Postmaster postmaster = new Postmaster(Command.builder(command).start(), cluster);
    postmaster.reader.start();
    return postmaster;
  }

  /** Returns when it takes connections, after its recovery if it needs one. */
  void awaitReady(Duration bound) {
    boolean decided = Waiting.until(bound, () -> !process.isAlive() || ready());
    if (decided && process.isAlive()) {
      return;
    }
    if (!decided) {
      stop(Duration.ofSeconds(5));
    }
    throw new DatabaseException(
        (decided ? "PostgreSQL does not start" : "PostgreSQL takes no connections within " + bound)
            + "; its last words: "
            + lastWords());
  }

  /** Returns when the process has ended, whoever ended it. */
  void awaitEnd() {
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DatabaseException("interrupted while PostgreSQL runs", e);
    }
  }

  long pid() {
    return process.pid();
  }

  /** Stops it so that its files are consistent: sessions are cut, and a checkpoint is written. */
  void stop(Duration bound) {
    Signals.send(process.pid(), "INT");
    if (!Waiting.until(bound, () -> !process.isAlive())) {
      LOGGER
          .atWarn()
          .log("PostgreSQL does not stop, and is ended at once; it recovers at its start");
      Signals.send(process.pid(), "QUIT");
      Waiting.until(Duration.ofSeconds(2), () -> !process.isAlive());
      process.destroyForcibly();
    }
  }

  /** What PostgreSQL itself notes: the line is absent while it starts. */
  private boolean ready() {
    try {
      List<String> note = Files.readAllLines(cluster.resolve("postmaster.pid"));
      return note.size() > STATUS_LINE
          && note.get(0).strip().equals(Long.toString(process.pid()))
          && note.get(STATUS_LINE).strip().equals("ready");
    } catch (IOException e) {
      // Not written yet.
      return false;
    }
  }

  private void listen() {
    try (BufferedReader words =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.ISO_8859_1))) {
      for (String line = words.readLine(); line != null; line = words.readLine()) {
        keep(line);
        // Most of what it calls fatal ends one session only, and is told to who had it.
        LOGGER
            .atLevel(line.contains("PANIC:") ? Level.ERROR : Level.DEBUG)
            .addKeyValue("line", line)
            .log("PostgreSQL says");
      }
    } catch (IOException e) {
      LOGGER.atDebug().setCause(e).log("PostgreSQL can't be heard any more");
    }
  }

  private void keep(String line) {
    synchronized (lastLines) {
      if (lastLines.size() == KEPT_LINES) {
        lastLines.removeFirst();
      }
      lastLines.addLast(line);
    }
  }

  private String lastWords() {
    try {
      reader.join(1_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    synchronized (lastLines) {
      return lastLines.stream()
          .filter(line -> line.contains("FATAL:") || line.contains("PANIC:"))
          .reduce((first, second) -> second)
          .orElse(lastLines.isEmpty() ? "none" : lastLines.getLast());
    }
  }
}
