package io.drawbridge.bench.noise;

import io.drawbridge.bench.BenchException;
import io.drawbridge.bench.ClientFrames;
import io.drawbridge.bench.FrameListener;
import io.drawbridge.bench.LoadClient;
import io.drawbridge.bench.LoadLoop;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Calls the noisy plugin at its rate, whether it answers or not, from a thread of its own, until an
 * answer shows that the server has begun to contain it, and further.
 */
public final class NoiseMaker implements AutoCloseable {

  /** So many that what one session may have open bounds none of them. */
  private static final int CLIENTS = 8;

  private static final Duration SLICE = Duration.ofMillis(20);

  private final LoadLoop loop = new LoadLoop();
  private final List<LoadClient> clients = new ArrayList<>();
  private final CompletableFuture<Long> contained = new CompletableFuture<>();
  private final Noise noise;
  private final long began = System.nanoTime();
  private final Thread thread = new Thread(this::work, "noise");
  private long calls;
  private volatile boolean ended;

  private NoiseMaker(int port, Noise noise) throws IOException {
    this.noise = noise;
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(loop.connect(port, new Listener()));
    }
  }

  /** Connects and begins. */
  public static NoiseMaker start(int port, Noise noise) throws IOException {
    NoiseMaker maker = new NoiseMaker(port, noise);
    maker.thread.setDaemon(true);
    maker.thread.start();
    return maker;
  }

  private final class Listener implements FrameListener {
    @Override
    public void frame(
        LoadClient from, int opcode, ByteBuffer buffer, int start, int length, long nanos) {
      byte[] bytes = new byte[length];
      buffer.get(start, bytes);
      if (noise.contained(new String(bytes, StandardCharsets.ISO_8859_1))) {
        contained.complete(nanos);
      }
    }
  }

  private void work() {
    try {
      while (!ended) {
        loop.run(SLICE, 1, this::call);
      }
    } catch (IOException | RuntimeException e) {
      contained.completeExceptionally(e);
    }
  }

  private void call() throws IOException {
    long due = (System.nanoTime() - began) * noise.perSecond() / TimeUnit.SECONDS.toNanos(1);
    for (; calls < due; calls++) {
      String frame =
          "{\"type\":\"send\",\"address\":\"%s\",\"headers\":{},\"body\":{},\"replyAddress\":\"n-%d\"}"
              .formatted(NoisyPlugin.ADDRESS, calls);
      clients.get((int) (calls % CLIENTS)).send(ByteBuffer.wrap(ClientFrames.masked(frame)));
    }
  }

  /** Waits until it is contained; returns how many seconds after the first call that was. */
  public double awaitContainment(Duration bound) throws InterruptedException {
    try {
      return (contained.get(bound.toMillis(), TimeUnit.MILLISECONDS) - began) / 1e9;
    } catch (ExecutionException | TimeoutException e) {
      throw new BenchException("a plugin that " + noise + " was not contained: " + e);
    }
  }

  @Override
  public void close() throws IOException {
    ended = true;
    try {
      thread.join(Duration.ofSeconds(10).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    loop.close();
  }
}
