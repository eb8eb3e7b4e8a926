package io.drawbridge.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * Clients that each ask and, when the reply is there, ask again. A handler inside the server says
 * back what it was asked. Checked: each reply is the one to the request that is out.
 */
final class RequestReply implements FrameListener, AutoCloseable {

  private static final Duration BOUND = Duration.ofSeconds(20);

  private final ProcessFigures figures;
  private final LoadLoop loop = new LoadLoop();
  private final List<LoadClient> clients = new ArrayList<>();
  private final NumberedFrames frames = new NumberedFrames();
  private final int bodyBytes;
  private final long[] sentAt;
  private final Histogram latency = new Histogram(3);
  private long replies;
  private int out;
  private boolean asking = true;

  /** Connects the clients; each of them asks from now on. */
  RequestReply(int port, ProcessFigures figures, int count, int bodyBytes) throws IOException {
    this.figures = figures;
    this.bodyBytes = bodyBytes;
    this.sentAt = new long[count];
    for (int i = 0; i < count; i++) {
      LoadClient client = loop.connect(port, this);
      client.expected = 0;
      clients.add(client);
      ask(client);
    }
  }

  /** Lets the server's code be compiled. */
  void warmUp(Duration duration) throws IOException {
    loop.run(duration, () -> {});
  }

  /** Goes on for a while and says what it took; then waits for the last reply. */
  Rate measure(Duration duration) throws IOException {
    latency.reset();
    replies = 0;
    long cpu = figures.cpuMicros();
    long began = System.nanoTime();
    loop.run(duration, () -> {});
    Rate rate = Rate.of(replies, System.nanoTime() - began, figures.cpuMicros() - cpu, latency);
    asking = false;
    loop.runUntil("a reply to every request", BOUND, () -> out == 0);
    return rate;
  }

  private void ask(LoadClient client) throws IOException {
    sentAt[client.index] = System.nanoTime();
    out++;
    client.send(
        ByteBuffer.wrap(
            ClientFrames.request(Addresses.ECHO, client.index, client.expected, bodyBytes)));
  }

  @Override
  public void frame(
      LoadClient client, int opcode, ByteBuffer buffer, int start, int length, long nanos)
      throws IOException {
    int number = frames.number(buffer, start, length);
    if (number != client.expected) {
      throw new BenchException("reply " + client.expected + " was due, but came " + number);
    }
    latency.recordValue(nanos - sentAt[client.index]);
    replies++;
    out--;
    client.expected++;
    if (asking) {
      ask(client);
    }
  }

  @Override
  public void close() throws IOException {
    loop.close();
  }
}
