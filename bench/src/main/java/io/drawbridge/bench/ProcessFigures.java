package io.drawbridge.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What Linux and the JVM say about a process: CPU time, resident memory, live heap. */
public final class ProcessFigures {

  /** USER_HZ; the kernel's interface to user space fixes it at 100 on every common platform. */
  private static final long MICROS_PER_TICK = 10_000;

  private final long pid;

  /** The figures of a process of this user. */
  public ProcessFigures(long pid) {
    this.pid = pid;
  }

  /** CPU time of all its threads since it began, user and system, in microseconds. */
  public long cpuMicros() {
    String stat = read("stat");
    // The second field is the command in parentheses and may hold spaces; count from behind it.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    long ticks = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    return ticks * MICROS_PER_TICK;
  }

  /** Resident memory in bytes. */
  public long residentBytes() {
    return read("status")
        .lines()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
        .findFirst()
        .orElseThrow();
  }

  /** Bytes of the objects that a full collection leaves; runs that collection. */
  public long liveHeapBytes() {
    String total = last(jcmd("GC.class_histogram"));
    return Long.parseLong(total.trim().split("\\s+", -1)[2]);
  }

  /** How many objects of a class a full collection leaves; runs that collection. */
  public long instances(String className) {
    return jcmd("GC.class_histogram").stream()
        .map(line -> line.trim().split("\\s+", -1))
        .filter(fields -> fields.length >= 4 && fields[3].equals(className))
        .mapToLong(fields -> Long.parseLong(fields[1]))
        .sum();
  }

  /** Bytes of classes that are in use, as of the last collection. */
  public long metaspaceBytes() {
    return jcmd("PerfCounter.print").stream()
        .filter(line -> line.startsWith("sun.gc.metaspace.used="))
        .mapToLong(line -> Long.parseLong(line.substring(line.indexOf('=') + 1)))
        .findFirst()
        .orElseThrow();
  }

  private List<String> jcmd(String command) {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    try {
      Process process =
          new ProcessBuilder(jcmd.toString(), Long.toString(pid), command)
              .redirectErrorStream(true)
              .start();
      List<String> lines = process.inputReader().lines().toList();
      if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IllegalStateException("jcmd " + command + " said: " + lines);
      }
      return lines;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String last(List<String> lines) {
    return lines.get(lines.size() - 1);
  }

  private String read(String file) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(pid), file));
    } catch (IOException e) {
      throw new UncheckedIOException("the server under test has ended", e);
    }
  }
}
