package io.drawbridge.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends what a killed server left running in a cluster's folder. A process counts as ours only if
 * its working directory is that folder, which is where every process of PostgreSQL lives; a number
 * in {@code postmaster.pid} alone may by now belong to somebody else.
 */
final class LeftOver {

  private static final Logger LOGGER = LoggerFactory.getLogger(LeftOver.class);
  private static final Duration FAST = Duration.ofSeconds(20);
  private static final Duration AT_ONCE = Duration.ofSeconds(10);

  private LeftOver() {}

  /** Returns when nothing lives in the folder any more; the caller holds the folder's lock. */
  static void end(Path cluster) throws IOException {
    Optional<Long> noted = notedPid(cluster);
    boolean left = !living(cluster).isEmpty();
    if (left) {
      LOGGER
          .atWarn()
          .addKeyValue("folder", cluster)
          .log("stopping a PostgreSQL that was left over");
      signalPostmaster(cluster, noted, "INT");
      if (!Waiting.until(FAST, () -> living(cluster).isEmpty())) {
        signalPostmaster(cluster, noted, "QUIT");
      }
      if (!Waiting.until(AT_ONCE, () -> living(cluster).isEmpty())) {
        throw new DatabaseException(
            "PostgreSQL processes "
                + living(cluster)
                + " still work in "
                + cluster
                + " and don't end: stop them, then start again");
      }
    }
    forgetStranger(cluster);
  }

  /** PostgreSQL would take any living process with the noted number for itself. */
  private static void forgetStranger(Path cluster) throws IOException {
    boolean stranger =
        notedPid(cluster).flatMap(ProcessHandle::of).filter(ProcessHandle::isAlive).isPresent();
    if (stranger) {
      Files.deleteIfExists(cluster.resolve("postmaster.pid"));
    }
  }

  private static void signalPostmaster(Path cluster, Optional<Long> noted, String signal) {
    List<Long> living = living(cluster);
    noted.filter(living::contains).ifPresent(pid -> Signals.send(pid, signal));
  }

  private static List<Long> living(Path cluster) {
    return ProcessHandle.allProcesses()
        .map(ProcessHandle::pid)
        .filter(pid -> livesIn(pid, cluster))
        .toList();
  }

  private static boolean livesIn(long pid, Path cluster) {
    try {
      return Files.readSymbolicLink(Path.of("/proc", Long.toString(pid), "cwd"))
          .equals(cluster.toRealPath());
    } catch (IOException e) {
      // It ended just now, or belongs to somebody else: not ours in either case.
      return false;
    }
  }

  private static Optional<Long> notedPid(Path cluster) throws IOException {
    Path note = cluster.resolve("postmaster.pid");
    if (!Files.exists(note)) {
      return Optional.empty();
    }
    return Files.readAllLines(note).stream().findFirst().map(String::strip).flatMap(LeftOver::pid);
  }

  private static Optional<Long> pid(String text) {
    return text.matches("\\d{1,18}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
  }
}
