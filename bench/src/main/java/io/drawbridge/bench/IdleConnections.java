package io.drawbridge.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;

/** What a connection costs that does nothing but ping every few seconds. */
final class IdleConnections implements FrameListener {

  private static final Duration WARM_UP = Duration.ofMillis(1_500);
  private static final Duration IDLE = Duration.ofSeconds(3);

  /**
   * Measures a fresh server. It first works a little, so that what the JVM touches once (young
   * generation, compiled code, network buffers) isn't counted as the connections'.
   */
  static Footprint measure(ServerProcess server, int connections) throws IOException {
    try (RequestReply work = new RequestReply(server.port(), server.figures(), 64, 100)) {
      work.warmUp(WARM_UP);
      work.measure(WARM_UP);
    }
    ProcessFigures figures = server.figures();
    long heap = figures.liveHeapBytes();
    long resident = figures.residentBytes();
    IdleConnections listener = new IdleConnections();
    try (LoadLoop loop = new LoadLoop()) {
      for (int i = 0; i < connections; i++) {
        loop.connect(server.port(), listener);
      }
      loop.run(IDLE, () -> {});
      long heapAfter = figures.liveHeapBytes();
      loop.run(Duration.ofMillis(500), () -> {});
      return new Footprint(
          (double) (figures.residentBytes() - resident) / connections,
          (double) (heapAfter - heap) / connections);
    }
  }

  @Override
  public void frame(
      LoadClient client, int opcode, ByteBuffer buffer, int start, int length, long nanos) {
    throw new BenchException(
        "an idle client was sent something: " + NumberedFrames.text(buffer, start, length));
  }
}
