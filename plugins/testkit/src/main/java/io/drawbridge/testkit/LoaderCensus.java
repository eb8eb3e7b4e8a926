package io.drawbridge.testkit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Counts the versions of plugins whose classes are in a server's memory after a collection. */
final class LoaderCensus {

  private static final String LOADER = "io.drawbridge.pluginhost.PluginClassLoader";
  private static final int SECONDS = 60;

  private LoaderCensus() {}

  /** Asks {@code jcmd}, which runs a full collection first. */
  static long take(long pid) throws IOException {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    Process process =
        new ProcessBuilder(jcmd.toString(), Long.toString(pid), "GC.class_histogram")
            .redirectErrorStream(true)
            .start();
    List<String> lines = process.inputReader().lines().toList();
    try {
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException("jcmd (it needs a JDK, not a JRE) said: " + lines);
      }
    } catch (InterruptedException e) {
      throw Interrupted.error(e);
    }
    return lines.stream()
        .map(line -> line.trim().split("\\s+", -1))
        .filter(fields -> fields.length >= 4 && fields[3].equals(LOADER))
        .mapToLong(fields -> Long.parseLong(fields[1]))
        .sum();
  }
}
