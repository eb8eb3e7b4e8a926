package io.drawbridge.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * One client reads nothing while others on the same address go on. Afterwards it reads what the
 * server kept for it, up to a close frame if there is one.
 */
final class StalledClient implements FrameListener {

  private static final int OTHERS = 20;
  private static final int BODY = 4096;
  private static final int RECEIVE_BUFFER = 64 * 1024;

  /** 16 MiB: some four times what the kernel's own buffers take. */
  private static final int MESSAGES = 4096;

  private final NumberedFrames frames = new NumberedFrames();
  private long bytes;
  private int closeCode;
  private boolean ended;

  /**
   * What came of it. That the others lost nothing is checked, not reported.
   *
   * @param publishedBytes what was published while the client read nothing
   * @param keptBytes what it got when it read again: the server's queue and the kernel's buffers
   * @param closeCode the close frame's code, 0 if the connection just ended, -1 if it stayed open
   * @param grownBytes resident memory that the server grew by
   * @param aloneP99Millis the others' delivery time without the stalled client
   * @param besideP99Millis the others' delivery time beside it
   */
  record Outcome(
      long publishedBytes,
      long keptBytes,
      int closeCode,
      long grownBytes,
      double aloneP99Millis,
      double besideP99Millis) {}

  static Outcome measure(ServerProcess server) throws IOException {
    return new StalledClient().run(server);
  }

  private Outcome run(ServerProcess server) throws IOException {
    try (FanOut others = new FanOut(server.port(), server.figures(), OTHERS, 1, BODY)) {
      others.publishAll(MESSAGES);
      double alone = others.publishAll(MESSAGES).getValueAtPercentile(99) / 1e6;
      LoadClient stalled = register(others.loop(), server.port());
      long resident = server.figures().residentBytes();
      double beside = others.publishAll(MESSAGES).getValueAtPercentile(99) / 1e6;
      long grown = server.figures().residentBytes() - resident;
      readAgain(others, stalled);
      int code = ended ? closeCode : -1;
      return new Outcome((long) MESSAGES * BODY, bytes, code, grown, alone, beside);
    }
  }

  private LoadClient register(LoadLoop loop, int port) throws IOException {
    LoadClient stalled = loop.connectUnpinged(port, this, RECEIVE_BUFFER);
    stalled.send(ByteBuffer.wrap(ClientFrames.register(Addresses.FAN_OUT)));
    loop.run(Duration.ofMillis(500), () -> {});
    stalled.reading(false);
    return stalled;
  }

  /** Reads until the end, or until the last message has come. */
  private void readAgain(FanOut others, LoadClient stalled) throws IOException {
    stalled.reading(true);
    int last = others.nextNumber();
    others
        .loop()
        .runUntil(
            "the end of what was kept for the stalled client",
            Duration.ofSeconds(20),
            () -> ended || stalled.expected == last);
  }

  @Override
  public void frame(
      LoadClient client, int opcode, ByteBuffer buffer, int start, int length, long nanos) {
    if (opcode == CLOSE) {
      closeCode = length >= 2 ? buffer.getShort(start) & 0xffff : 1005;
      return;
    }
    int number = frames.number(buffer, start, length);
    if (client.expected >= 0 && number != client.expected) {
      throw new BenchException("the stalled client missed message " + client.expected);
    }
    client.expected = number + 1;
    bytes += length;
  }

  @Override
  public void closed(LoadClient client) {
    ended = true;
  }
}
