package io.drawbridge.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * The load generator's one thread: reads whatever has come, and pings on behalf of every client, as
 * stock clients do.
 */
public final class LoadLoop implements AutoCloseable {

  /** Within one read; larger than any frame of the bench. */
  private static final int BUFFER = 256 * 1024;

  private static final long IDLE_MILLIS = 20;

  /** Stock clients ping every 5 s; the servers cut who is silent for 10 s. */
  private static final long PING_NANOS = Duration.ofSeconds(4).toNanos();

  private static final byte[] PING = ClientFrames.ping();

  private final Selector selector = Selector.open();
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
  private final List<LoadClient> clients = new ArrayList<>();
  private final List<LoadClient> pinged = new ArrayList<>();
  private long nextPing = System.nanoTime();
  private int pingNext;

  /** A loop without clients yet. */
  public LoadLoop() throws IOException {}

  /** Connects a client that is pinged for. */
  public LoadClient connect(int port, FrameListener listener) throws IOException {
    LoadClient client = connectUnpinged(port, listener, 0);
    pinged.add(client);
    return client;
  }

  /** Connects a client that nobody pings for; a receive buffer of 0 is the system's default. */
  LoadClient connectUnpinged(int port, FrameListener listener, int receiveBuffer)
      throws IOException {
    LoadClient client = LoadClient.connect(clients.size(), port, selector, listener, receiveBuffer);
    clients.add(client);
    return client;
  }

  /** Runs for a while; the action follows each turn of reading. */
  void run(Duration duration, Turn afterEach) throws IOException {
    run(duration, IDLE_MILLIS, afterEach);
  }

  /**
   * Runs for a while; the action follows each turn of reading.
   *
   * @param idleMillis how long a turn waits for something to read, 1 at least
   */
  public void run(Duration duration, long idleMillis, Turn afterEach) throws IOException {
    long end = System.nanoTime() + duration.toNanos();
    while (System.nanoTime() < end) {
      afterEach.run();
      turn(Math.min(idleMillis, Math.max(1, (end - System.nanoTime()) / 1_000_000)));
    }
  }

  /** Runs until a condition holds. */
  public void runUntil(String what, Duration bound, BooleanSupplier condition) throws IOException {
    long end = System.nanoTime() + bound.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new BenchException("waited " + bound.toSeconds() + " s in vain: " + what);
      }
      turn(IDLE_MILLIS);
    }
  }

  private void turn(long waitMillis) throws IOException {
    selector.select(this::ready, waitMillis);
    pingThoseDue();
  }

  private void ready(SelectionKey key) {
    ((LoadClient) key.attachment()).ready(buffer);
  }

  /** Spreads the pings evenly, so that they never come as a burst. */
  private void pingThoseDue() throws IOException {
    long now = System.nanoTime();
    while (!pinged.isEmpty() && now >= nextPing) {
      pingNext = (pingNext + 1) % pinged.size();
      pinged.get(pingNext).send(ByteBuffer.wrap(PING));
      nextPing += PING_NANOS / pinged.size();
    }
  }

  /** What a workload does between two turns of reading. */
  @FunctionalInterface
  public interface Turn {
    void run() throws IOException;
  }

  @Override
  public void close() throws IOException {
    clients.forEach(LoadClient::close);
    selector.close();
  }
}
