package io.drawbridge.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * Many clients registered at one address; one more client publishes there over its own socket, with
 * so many messages out at a time. A message is out until the last client has it.
 *
 * <p>Checked for every client: each message came, once, in order.
 */
final class FanOut implements FrameListener, AutoCloseable {

  /** More messages than are ever out. */
  private static final int RING = 64;

  private static final Duration BOUND = Duration.ofSeconds(20);

  private final ProcessFigures figures;
  private final LoadLoop loop = new LoadLoop();
  private final List<LoadClient> subscribers = new ArrayList<>();
  private final LoadClient publisher;
  private final NumberedFrames frames = new NumberedFrames();
  private final int window;
  private final int bodyBytes;

  private final int[] arrived = new int[RING];
  private final long[] sentAt = new long[RING];
  private int nextNumber;
  private int complete;

  private final Histogram latency = new Histogram(3);
  private long deliveries;

  /** Connects the clients and waits until each of them hears what is published. */
  FanOut(int port, ProcessFigures figures, int clients, int window, int bodyBytes)
      throws IOException {
    this.figures = figures;
    this.window = window;
    this.bodyBytes = bodyBytes;
    for (int i = 0; i < clients; i++) {
      LoadClient client = loop.connect(port, this);
      client.send(ByteBuffer.wrap(ClientFrames.register(Addresses.FAN_OUT)));
      subscribers.add(client);
    }
    publisher = loop.connect(port, this);
    awaitEveryoneHears();
  }

  /** A client's first message tells that its registration is live; from there on it counts. */
  private void awaitEveryoneHears() throws IOException {
    long end = System.nanoTime() + BOUND.toNanos();
    while (subscribers.stream().anyMatch(client -> client.expected < 0)) {
      if (System.nanoTime() > end) {
        throw new BenchException("not every client hears what is published");
      }
      publish(1);
      loop.run(Duration.ofMillis(50), () -> {});
    }
    loop.runUntil(
        "the first messages at every client",
        BOUND,
        () -> subscribers.stream().allMatch(client -> client.expected == nextNumber));
    Arrays.fill(arrived, 0);
    complete = nextNumber;
  }

  LoadLoop loop() {
    return loop;
  }

  /** The number that the next message will have. */
  int nextNumber() {
    return nextNumber;
  }

  /** Publishes for a while without counting, so that the server's code is compiled. */
  void warmUp(Duration duration) throws IOException {
    loop.run(duration, this::fillWindow);
  }

  /** Publishes for a while and says what it took; then waits for the last delivery. */
  Rate measure(Duration duration) throws IOException {
    latency.reset();
    deliveries = 0;
    long cpu = figures.cpuMicros();
    long began = System.nanoTime();
    loop.run(duration, this::fillWindow);
    Rate rate = Rate.of(deliveries, System.nanoTime() - began, figures.cpuMicros() - cpu, latency);
    awaitAll();
    return rate;
  }

  /** Publishes so many messages and waits until everyone has them. */
  Histogram publishAll(int messages) throws IOException {
    latency.reset();
    int end = nextNumber + messages;
    while (nextNumber < end) {
      fillWindow();
      loop.runUntil("room for the next message", BOUND, () -> nextNumber - complete < window);
    }
    awaitAll();
    return latency;
  }

  private void awaitAll() throws IOException {
    loop.runUntil("every message at every client", BOUND, () -> complete == nextNumber);
  }

  private void fillWindow() throws IOException {
    int room = window - (nextNumber - complete);
    if (room > 0) {
      publish(room);
    }
  }

  private void publish(int messages) throws IOException {
    List<byte[]> batch = new ArrayList<>(messages);
    long now = System.nanoTime();
    for (int i = 0; i < messages; i++) {
      sentAt[nextNumber % RING] = now;
      batch.add(ClientFrames.publish(Addresses.FAN_OUT, nextNumber++, bodyBytes));
    }
    publisher.send(ClientFrames.joined(batch));
  }

  @Override
  public void frame(
      LoadClient client, int opcode, ByteBuffer buffer, int start, int length, long nanos) {
    if (opcode != TEXT && opcode != BINARY) {
      throw new BenchException("an unexpected frame with opcode " + opcode);
    }
    int number = frames.number(buffer, start, length);
    if (client.expected >= 0 && number != client.expected) {
      throw new BenchException("message " + client.expected + " was due, but came " + number);
    }
    client.expected = number + 1;
    deliveries++;
    latency.recordValue(nanos - sentAt[number % RING]);
    if (++arrived[number % RING] == subscribers.size()) {
      arrived[number % RING] = 0;
      complete++;
    }
  }

  @Override
  public void close() throws IOException {
    loop.close();
  }
}
