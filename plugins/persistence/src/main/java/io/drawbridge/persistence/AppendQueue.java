package io.drawbridge.persistence;

import io.drawbridge.plugin.HandlerException;
import io.drawbridge.plugin.PluginContext;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gathers messages while a transaction is under way, and writes what has gathered in the next one:
 * the busier it is, the more share a commit. One transaction at a time, in the order of arrival.
 * Bounded in messages and in bytes, those under way included. For one event loop.
 */
final class AppendQueue {

  private static final Logger LOGGER = LoggerFactory.getLogger(AppendQueue.class);
  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final long LONGEST_WRITE_MILLIS = 5_000;

  private final PersistenceSettings settings;
  private final MessageStore store;
  private final PluginContext context;
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private final Map<Entry.Name, Entry> underWay = new HashMap<>();
  private long bytes;
  private boolean writing;

  /** How many of those that wait are written one by one: they were in a batch that failed. */
  private int alone;

  private boolean away;
  private boolean closed;

  AppendQueue(PersistenceSettings settings, MessageStore store, PluginContext context) {
    this.settings = settings;
    this.store = store;
    this.context = context;
  }

  /** An entry, and until when it is tried. */
  private record Waiting(Entry entry, long deadline) {}

  /** Keeps a message, or joins the one under way that has the same key. */
  Future<Position> append(Entry entry) {
    Entry first = underWay.get(entry.name());
    if (first != null) {
      return Objects.equals(first.body(), entry.body()) ? first.answer().future() : conflict(entry);
    }
    if (closed) {
      return HandlerException.refuse(Failures.AWAY, "the plugin is stopping: try again soon");
    }
    if (underWay.size() >= settings.queueRows() || bytes + entry.bytes() > settings.queueBytes()) {
      return HandlerException.refuse(
          Failures.AWAY, underWay.size() + " messages wait to be written: try again soon");
    }
    underWay.put(entry.name(), entry);
    bytes += entry.bytes();
    waiting.add(new Waiting(entry, now() + settings.patienceMillis()));
    writeNext();
    return entry.answer().future();
  }

  /** Refuses what still waits; what is being written is left to end. */
  void close() {
    closed = true;
    while (!waiting.isEmpty()) {
      refuse(waiting.remove().entry(), "the plugin is stopping: try again soon");
    }
  }

  private void writeNext() {
    if (writing || waiting.isEmpty()) {
      return;
    }
    int rows = alone > 0 ? 1 : settings.batchRows();
    alone = Math.max(0, alone - 1);
    List<Waiting> batch = new ArrayList<>();
    while (batch.size() < rows && !waiting.isEmpty()) {
      batch.add(waiting.remove());
    }
    writing = true;
    write(batch);
  }

  private void write(List<Waiting> batch) {
    List<Entry> entries = batch.stream().map(Waiting::entry).toList();
    store
        .append(entries)
        .timeout(settings.patienceMillis() + LONGEST_WRITE_MILLIS, TimeUnit.MILLISECONDS)
        .onSuccess(
            kept -> {
              kept.forEach(each -> answer(entries.get(each.place()), each));
              if (away) {
                away = false;
                LOGGER.atInfo().log("the database is back");
              }
              written();
            })
        .onFailure(failure -> failed(batch, failure));
  }

  private void written() {
    writing = false;
    writeNext();
  }

  private void answer(Entry entry, MessageStore.Kept kept) {
    forget(entry);
    if (kept.conflict()) {
      conflict(entry).onComplete(entry.answer()::handle);
    } else {
      entry.answer().complete(kept.position());
    }
  }

  private void failed(List<Waiting> batch, Throwable failure) {
    if (Failures.passes(failure)) {
      tryAgain(batch, failure);
    } else if (batch.size() > 1) {
      apart(batch);
    } else {
      batch.forEach(each -> fail(each.entry(), failure));
      written();
    }
  }

  /** One of them can't be kept: the others must not suffer for it. */
  private void apart(List<Waiting> batch) {
    for (int i = batch.size() - 1; i >= 0; i--) {
      waiting.addFirst(batch.get(i));
    }
    alone = batch.size();
    written();
  }

  /**
   * Tries again for as long as there is patience. It may be that the first try was written and only
   * its answer was lost: every entry has a key, so that it is not written twice.
   */
  private void tryAgain(List<Waiting> batch, Throwable failure) {
    if (!away) {
      away = true;
      LOGGER.atWarn().addKeyValue("error", failure.getMessage()).log("the database is away");
    }
    List<Waiting> again = new ArrayList<>();
    for (Waiting each : batch) {
      if (each.deadline() - now() > 0 && !closed) {
        again.add(each);
      } else {
        refuse(each.entry(), "the database is away: try again soon");
      }
    }
    if (again.isEmpty()) {
      written();
    } else {
      context.after(PAUSE, () -> write(again));
    }
  }

  private static Future<Position> conflict(Entry entry) {
    return HandlerException.refuse(
        409, "the key " + entry.key() + " is known in this stream, with another body");
  }

  private void refuse(Entry entry, String text) {
    fail(entry, new HandlerException(Failures.AWAY, text));
  }

  private void fail(Entry entry, Throwable failure) {
    forget(entry);
    entry.answer().fail(failure);
  }

  private void forget(Entry entry) {
    underWay.remove(entry.name());
    bytes -= entry.bytes();
  }

  private static long now() {
    return System.nanoTime() / 1_000_000;
  }
}
