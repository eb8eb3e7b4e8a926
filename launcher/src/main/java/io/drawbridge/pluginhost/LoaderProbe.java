package io.drawbridge.pluginhost;

import io.vertx.core.Vertx;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
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

  /** A full collection stops the server for a moment: versions that are late share one. */
  private static final int MOST_SECONDS_BETWEEN = 10;

  /** So many leaks are remembered; further ones are only logged. */
  private static final int MOST = 1_000;

  private static final class Watched {
    private final String plugin;
    private final String name;
    private final WeakReference<ClassLoader> loader;
    private final long since = System.nanoTime();
    private volatile boolean leaks;

    Watched(String plugin, ClassLoader loader) {
      this.plugin = plugin;
      this.name = String.valueOf(loader.getName());
      this.loader = new WeakReference<>(loader);
    }

    boolean gone() {
      return loader.get() == null;
    }

    boolean late(long now, long patienceNanos) {
      return !leaks && now - since > patienceNanos;
    }
  }

  private final Vertx vertx;
  private final long patienceNanos;
  private final long betweenNanos;
  private final List<Watched> watched = new CopyOnWriteArrayList<>();
  private long collected;
  private boolean collecting;
  private long timer;

  /**
   * A probe that has yet to be opened.
   *
   * @param leakSeconds how long classes may stay before a collection decides about them
   */
  LoaderProbe(Vertx vertx, int leakSeconds) {
    this.vertx = vertx;
    this.patienceNanos = TimeUnit.SECONDS.toNanos(leakSeconds);
    this.betweenNanos = TimeUnit.SECONDS.toNanos(Math.min(MOST_SECONDS_BETWEEN, leakSeconds));
    this.collected = System.nanoTime() - betweenNanos;
  }

  /** Looks from now on, on the event loop that calls this. */
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
   * How many versions of a plugin have ended and outlived a collection after they had their time.
   */
  int leaked(String plugin) {
    return (int) watched.stream().filter(each -> each.plugin.equals(plugin) && each.leaks).count();
  }

  private void look() {
    watched.removeIf(Watched::gone);
    long now = System.nanoTime();
    if (collecting || now - collected < betweenNanos) {
      return;
    }
    List<Watched> late = watched.stream().filter(each -> each.late(now, patienceNanos)).toList();
    if (!late.isEmpty()) {
      collecting = true;
      vertx
          .executeBlocking(() -> collect(late), false)
          .onComplete(
              any -> {
                collected = System.nanoTime();
                collecting = false;
              });
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
        each.leaks = true;
      }
    }
    return late.size();
  }

  private static List<String> holders(ClassLoader loader) {
    List<String> holders = new ArrayList<>();
    Thread.getAllStackTraces()
        .forEach(
            (thread, stack) -> {
              String how = how(thread, stack, loader);
              if (!how.isEmpty()) {
                holders.add("thread " + thread.getName() + " " + how);
              }
            });
    return holders.isEmpty() ? List.of("no thread; look at a heap dump") : holders;
  }

  /** How a thread holds a loader: by what it is doing, or by who began it. */
  private static String how(Thread thread, StackTraceElement[] stack, ClassLoader loader) {
    String name = String.valueOf(loader.getName());
    for (StackTraceElement frame : stack) {
      if (name.equals(frame.getClassLoaderName())) {
        return "is in " + frame;
      }
    }
    ClassLoader context = thread.getContextClassLoader();
    boolean inherited =
        context == loader
            || (context instanceof ContextClassLoader
                && ContextClassLoader.nameFor(loader).equals(context.getName()));
    return inherited ? "was begun by it and has not ended" : "";
  }

  void close() {
    vertx.cancelTimer(timer);
  }
}
