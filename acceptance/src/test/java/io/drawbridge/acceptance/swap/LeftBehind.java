package io.drawbridge.acceptance.swap;

import io.drawbridge.bench.ProcessFigures;
import java.time.Duration;

/**
 * What a full collection leaves in a server once the last old version has had time to go.
 *
 * @param loaders class loaders of plugins
 * @param metaspaceBytes of all classes
 * @param heapBytes of all objects
 */
record LeftBehind(long loaders, long metaspaceBytes, long heapBytes) {

  private static final String LOADER = "io.drawbridge.pluginhost.PluginClassLoader";
  private static final Duration BOUND = Duration.ofSeconds(30);

  /** Of a server in which one plugin runs. */
  static LeftBehind of(SwapServer server) throws InterruptedException {
    ProcessFigures figures = server.figures();
    long end = System.nanoTime() + BOUND.toNanos();
    long loaders = figures.instances(LOADER);
    while (loaders > 1 && System.nanoTime() < end) {
      loaders = figures.instances(LOADER);
    }
    long heap = figures.liveHeapBytes();
    return new LeftBehind(loaders, figures.metaspaceBytes(), heap);
  }
}
