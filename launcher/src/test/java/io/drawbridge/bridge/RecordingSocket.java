package io.drawbridge.bridge;

import io.drawbridge.bridge.transport.EncodedFrame;
import io.drawbridge.bridge.transport.Handshake;
import io.drawbridge.bridge.transport.Socket;
import io.vertx.core.Context;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

/** A socket that keeps what is written to it; a test can make it stop taking writes. */
final class RecordingSocket implements Socket {

  final BlockingQueue<String> written = new LinkedBlockingQueue<>();
  final BlockingQueue<Integer> writes = new LinkedBlockingQueue<>();
  final CompletableFuture<Integer> closed = new CompletableFuture<>();
  volatile boolean blocked;
  volatile boolean reading = true;

  private final Context context;
  private final Handshake handshake;

  RecordingSocket(Context context, Handshake handshake) {
    this.context = context;
    this.handshake = handshake;
  }

  @Override
  public Handshake handshake() {
    return handshake;
  }

  @Override
  public void execute(Runnable action) {
    context.runOnContext(v -> action.run());
  }

  @Override
  public boolean writable() {
    return !blocked;
  }

  @Override
  public long pendingBytes() {
    return 0;
  }

  @Override
  public void write(List<EncodedFrame> frames) {
    writes.add(frames.size());
    frames.forEach(frame -> written.add(frame.toString()));
  }

  @Override
  public void read(boolean on) {
    reading = on;
  }

  @Override
  public void close(int code, String reason) {
    closed.complete(code);
  }
}
