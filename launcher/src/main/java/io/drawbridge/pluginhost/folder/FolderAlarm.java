package io.drawbridge.pluginhost.folder;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wakes a thread when something happens in one of some folders. It may miss something, and a system
 * may have no events to give, so every wait has an end. Used by one thread; closed by any.
 */
final class FolderAlarm implements AutoCloseable {

  private static final Logger LOGGER = LoggerFactory.getLogger(FolderAlarm.class);

  /** How long a burst of events is given to become one. */
  private static final long GATHER_MILLIS = 20;

  private record Registered(WatchKey key, String identity) {}

  private final @Nullable WatchService service;
  private final Map<Path, Registered> watched = new HashMap<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private boolean complained;

  FolderAlarm(boolean events) {
    this.service = events ? open() : null;
  }

  private static @Nullable WatchService open() {
    try {
      return FileSystems.getDefault().newWatchService();
    } catch (IOException | UnsupportedOperationException e) {
      LOGGER.atWarn().addKeyValue("error", e).log("no file events: folders are re-read only");
      return null;
    }
  }

  /** Watches these folders and no others; one that was swapped under its name is watched anew. */
  void watch(Set<Path> folders) {
    WatchService open = service;
    if (open == null) {
      return;
    }
    watched.entrySet().removeIf(each -> !folders.contains(each.getKey()) && cancel(each));
    for (Path folder : folders) {
      try {
        watch(open, folder);
      } catch (ClosedWatchServiceException e) {
        return;
      } catch (IOException e) {
        complain(folder, e);
      }
    }
  }

  private static boolean cancel(Map.Entry<Path, Registered> entry) {
    entry.getValue().key.cancel();
    return true;
  }

  private void watch(WatchService open, Path folder) throws IOException {
    String identity =
        String.valueOf(Files.readAttributes(folder, BasicFileAttributes.class).fileKey());
    Registered before = watched.get(folder);
    if (before != null) {
      if (before.key.isValid() && before.identity.equals(identity)) {
        return;
      }
      before.key.cancel();
    }
    WatchKey key = folder.register(open, ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY);
    watched.put(folder, new Registered(key, identity));
  }

  /** Said once: the next re-read sees what this misses. */
  private void complain(Path folder, IOException e) {
    if (!complained && Files.isDirectory(folder)) {
      complained = true;
      LOGGER
          .atWarn()
          .addKeyValue("directory", folder)
          .addKeyValue("error", e)
          .log("no file events from a folder: it is re-read only");
    }
  }

  /** Returns when something happened, when the time is over, or when this is closed. */
  void await(long millis) throws InterruptedException {
    WatchService open = service;
    if (open == null) {
      closed.await(millis, TimeUnit.MILLISECONDS);
      return;
    }
    try {
      WatchKey key = open.poll(millis, TimeUnit.MILLISECONDS);
      if (key != null) {
        closed.await(GATHER_MILLIS, TimeUnit.MILLISECONDS);
      }
      for (; key != null; key = open.poll()) {
        key.pollEvents();
        key.reset();
      }
    } catch (ClosedWatchServiceException e) {
      // Nothing more to wait for.
    }
  }

  @Override
  public void close() {
    closed.countDown();
    if (service != null) {
      try {
        service.close();
      } catch (IOException e) {
        LOGGER.atDebug().setCause(e).log("file events did not end well");
      }
    }
  }
}
