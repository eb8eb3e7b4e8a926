package io.drawbridge.bridge;

import io.drawbridge.bridge.transport.EncodedFrame;
import io.drawbridge.bridge.transport.Socket;
import java.util.ArrayList;
import java.util.List;

/**
 * What waits for one socket, bounded in bytes: frames gather here for the length of an event-loop
 * turn, or for as long as the socket does not take them.
 */
final class OutboundQueue {

  /** What became of a frame. */
  enum Taken {
    YES,
    /** The frame alone is over the bound; the queue is as before. */
    TOO_LARGE,
    /** The client is too far behind; the queue takes no more. */
    OVERRUN
  }

  /** The most that one write gathers, so that a huge backlog does not make a huge buffer. */
  private static final int WRITE_BYTES = 262_144;

  private final Socket socket;
  private final BridgeLoop loop;
  private final BridgeListener listener;
  private final int bound;
  private List<EncodedFrame> frames = new ArrayList<>(0);
  private long bytes;
  private long reported;
  private boolean dirty;
  private boolean ended;
  private long blockedSince;

  OutboundQueue(Socket socket, BridgeLoop loop, BridgeListener listener, int bound) {
    this.socket = socket;
    this.loop = loop;
    this.listener = listener;
    this.bound = bound;
  }

  /** Takes a frame for the write at the end of this turn. */
  Taken add(EncodedFrame frame) {
    if (ended) {
      return Taken.YES;
    }
    if (frame.length() > bound) {
      return Taken.TOO_LARGE;
    }
    frames.add(frame);
    bytes += frame.length();
    // Asking the socket costs; half the bound is more than it ever holds by itself.
    if (bytes > bound / 2 && overBound()) {
      end();
      return Taken.OVERRUN;
    }
    if (!dirty) {
      dirty = true;
      loop.dirty(this);
    }
    return Taken.YES;
  }

  private boolean overBound() {
    if (bytes + socket.pendingBytes() <= bound) {
      return false;
    }
    flush();
    return bytes + socket.pendingBytes() > bound;
  }

  /** Writes what the socket takes; the rest goes when it is writable again. */
  void flush() {
    dirty = false;
    if (ended) {
      return;
    }
    while (!frames.isEmpty() && socket.writable()) {
      write(frames.size() == 1 || bytes <= WRITE_BYTES ? frames : firstFrames());
    }
    if (frames.isEmpty()) {
      blockedSince = 0;
    } else if (blockedSince == 0) {
      blockedSince = loop.nowMillis();
    }
    report();
  }

  /** Tells what is left at the end of a turn: most turns leave nothing, and cost nothing. */
  private void report() {
    if (bytes != reported) {
      listener.queued(bytes - reported);
      reported = bytes;
    }
  }

  private void write(List<EncodedFrame> batch) {
    long size = 0;
    for (int i = 0; i < batch.size(); i++) {
      size += batch.get(i).length();
    }
    int count = batch.size();
    socket.write(batch);
    bytes -= size;
    batch.clear();
    listener.wrote(count, size);
  }

  /** A view of the first frames that fit in one write; clearing it takes them out. */
  private List<EncodedFrame> firstFrames() {
    int size = 0;
    int count = 0;
    while (count < frames.size() && (count == 0 || size < WRITE_BYTES)) {
      size += frames.get(count).length();
      count++;
    }
    return frames.subList(0, count);
  }

  /** How long the socket has taken nothing although something waits; 0 when nothing does. */
  long blockedMillis() {
    return blockedSince == 0 ? 0 : loop.nowMillis() - blockedSince;
  }

  /** Drops what waits and takes no more. */
  void end() {
    ended = true;
    frames = new ArrayList<>(0);
    bytes = 0;
    report();
  }
}
