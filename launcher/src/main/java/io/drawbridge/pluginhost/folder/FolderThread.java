package io.drawbridge.pluginhost.folder;

import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread of a watcher: reads, waits until something happens or is due, and reads again. All
 * that a watcher keeps belongs to this thread, and listeners are called on it.
 */
final class FolderThread implements AutoCloseable {

  private static final Logger LOGGER = LoggerFactory.getLogger(FolderThread.class);
  private static final long CLOSE_MILLIS = 3_000;

  /** Also between two readings that a busy folder asks for. */
  private static final long LEAST_MILLIS = 5;

  private final Pace pace;
  private final LongSupplier reading;
  private final Supplier<Set<Path>> folders;
  private final FolderAlarm alarm;
  private final Thread thread;
  private final CompletableFuture<Void> firstRead = new CompletableFuture<>();
  private volatile boolean closed;

  /**
   * A thread that has yet to be started.
   *
   * @param reading looks at everything, and returns in how many milliseconds something is due
   * @param folders where events should be heard from
   */
  FolderThread(String name, Pace pace, LongSupplier reading, Supplier<Set<Path>> folders) {
    this.pace = pace;
    this.reading = reading;
    this.folders = folders;
    this.alarm = new FolderAlarm(pace.events());
    this.thread = new Thread(this::run, "drawbridge " + name);
    this.thread.setDaemon(true);
  }

  /** Milliseconds that only ever rise; their zero means nothing. */
  static long now() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
  }

  /** Succeeds when everything has been read once. */
  CompletionStage<Void> start() {
    thread.start();
    return firstRead;
  }

  private void run() {
    try {
      while (!closed) {
        // Events are heard before the reading begins, or what happens during it would be missed.
        alarm.watch(folders.get());
        long due = read();
        alarm.watch(folders.get());
        firstRead.complete(null);
        alarm.await(Math.max(LEAST_MILLIS, Math.min(due, pace.scanMillis())));
      }
    } catch (InterruptedException e) {
      LOGGER.atDebug().log("a watcher of folders was interrupted");
    } finally {
      firstRead.complete(null);
    }
  }

  private long read() {
    try {
      return reading.getAsLong();
    } catch (RuntimeException e) {
      LOGGER.atError().setCause(e).log("a folder could not be read: it is tried again");
      return pace.scanMillis();
    }
  }

  /** Tells a listener something, unless this has been closed; what it throws hurts nobody else. */
  void tell(Runnable event) {
    if (closed) {
      return;
    }
    try {
      event.run();
    } catch (RuntimeException e) {
      LOGGER.atError().setCause(e).log("an event of a folder could not be handled");
    }
  }

  @Override
  public void close() {
    closed = true;
    alarm.close();
    thread.interrupt();
    try {
      thread.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
