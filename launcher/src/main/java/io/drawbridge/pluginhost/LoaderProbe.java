package io.drawbridge.pluginhost;

import io.vertx.core.Vertx;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees whether the classes of versions that have ended leave the memory. Those that are still there
 * after a while, and after one full collection, are a leak: it is told once, with the threads that
 * hold them, as far as threads do. What else holds a class, such as a registry of the JDK's, only a
 * heap dump tells.
 */
final class LoaderProbe {

  private static final Logger LOGGER = LoggerFactory.getLogger(LoaderProbe.class);
  private static final long LOOK_MILLIS = 1_000;

  /** So many leaks are remembered; further ones are only logged. */
  private static final int MOST = 1_000;

  private static final class Watched {
    private final String plugin;
    private final String name;
    private final WeakReference<ClassLoader> loader;
    private final long since = System.nanoTime();
    private boolean told;

    Watched(String plugin, ClassLoader loader) {
      this.plugin = plugin;
      this.name = String.valueOf(loader.getName());
      this.loader = new WeakReference<>(loader);
    }

    boolean gone() {
      return loader.get() == null;
    }
  }

  private final Vertx vertx;
  private final long patienceNanos;
  private final List<Watched> watched = new CopyOnWriteArrayList<>();
  private long timer;

  LoaderProbe(Vertx vertx, int leakSeconds) {
    this.vertx = vertx;
    this.patienceNanos = TimeUnit.SECONDS.toNanos(leakSeconds);
  }

  void open() {
    timer = vertx.setPeriodic(LOOK_MILLIS, id -> look());
  }

  /** From now on these classes should be in nobody's use. */
  void watch(String plugin, ClassLoader loader) {
    if (watched.size() < MOST) {
      watched.add(new Watched(plugin, loader));
    }
  }

  /**
   * How many versions of a plugin have ended and are still in memory, though they had their time.
   */
  int leaked(String plugin) {
    return (int) watched.stream().filter(each -> each.plugin.equals(plugin) && each.told).count();
  }

  private void look() {
    watched.removeIf(Watched::gone);
    List<Watched> late =
        watched.stream()
            .filter(each -> !each.told && System.nanoTime() - each.since > patienceNanos)
            .toList();
    if (!late.isEmpty()) {
      late.forEach(each -> each.told = true);
      vertx.executeBlocking(() -> collect(late), false);
    }
  }

  private int collect(List<Watched> late) {
    System.gc();
    watched.removeIf(Watched::gone);
    for (Watched each : late) {
      ClassLoader loader = each.loader.get();
      if (loader != null) {
        LOGGER
            .atWarn()
            .addKeyValue("plugin", each.plugin)
            .addKeyValue("version", each.name)
            .addKeyValue("holders", String.join("; ", holders(loader)))
            .log("a version that has ended is still in memory: it leaks");
      }
    }
    return late.size();
  }

  /** The threads that hold a loader: by their context, their own class, or what they are doing. */
  private static List<String> holders(ClassLoader loader) {
    List<String> holders = new ArrayList<>();
    for (Map.Entry<Thread, StackTraceElement[]> each : Thread.getAllStackTraces().entrySet()) {
      Thread thread = each.getKey();
      if (thread.getContextClassLoader() == loader) {
        holders.add("thread " + thread.getName() + " has it as its context class loader");
      } else if (thread.getClass().getClassLoader() == loader) {
        holders.add("thread " + thread.getName() + " is of a class of its own");
      } else {
        for (StackTraceElement frame : each.getValue()) {
          if (String.valueOf(loader.getName()).equals(frame.getClassLoaderName())) {
            holders.add("thread " + thread.getName() + " is in " + frame);
            break;
          }
        }
      }
    }
    return holders.isEmpty() ? List.of("no thread; look at a heap dump") : holders;
  }

  void close() {
    vertx.cancelTimer(timer);
  }
}
