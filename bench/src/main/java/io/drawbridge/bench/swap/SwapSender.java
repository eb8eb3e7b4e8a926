package io.drawbridge.bench.swap;

import io.drawbridge.bench.FrameListener;
import io.drawbridge.bench.LoadClient;
import io.drawbridge.bench.LoadLoop;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.HdrHistogram.SingleWriterRecorder;

/**
 * One session that asks, tells and publishes. Numbers its messages, for each address from 0 on, and
 * checks that each request is answered once.
 */
final class SwapSender implements FrameListener {

  private static final long ANSWERED = -1;

  private final String name;
  private final LoadClient client;
  private final SwapFindings findings;
  private final SingleWriterRecorder latency;
  private final Map<String, Long> repliesByVersion = new HashMap<>();

  /** When each request was sent, or that it is answered. */
  private long[] sentAt = new long[1_024];

  private int requests;
  private int answered;
  private long sends;
  private long publishes;
  private boolean closed;

  SwapSender(
      String name, LoadLoop loop, int port, SwapFindings findings, SingleWriterRecorder latency)
      throws IOException {
    this.name = name;
    this.findings = findings;
    this.latency = latency;
    this.client = loop.connect(port, this);
  }

  void ask() throws IOException {
    if (requests == sentAt.length) {
      sentAt = Arrays.copyOf(sentAt, requests * 2);
    }
    sentAt[requests] = System.nanoTime();
    say(SwapFrames.request(name, requests++));
  }

  void tell() throws IOException {
    say(SwapFrames.send(name, sends++));
  }

  void publish() throws IOException {
    say(SwapFrames.publish(name, publishes++));
  }

  /** What is said to a closed socket is lost, and counted so at the end. */
  private void say(byte[] frame) throws IOException {
    if (!closed) {
      client.send(ByteBuffer.wrap(frame));
    }
  }

  @Override
  public void frame(
      LoadClient from, int opcode, ByteBuffer buffer, int start, int length, long nanos) {
    String frame = SwapFrames.text(buffer, start, length);
    if (opcode == CLOSE || SwapFrames.isPong(frame)) {
      return;
    }
    long number = SwapFrames.replyNumber(frame);
    if (number < 0 || number >= requests) {
      findings.failed(name + " got " + frame);
    } else if (sentAt[(int) number] == ANSWERED) {
      findings.doubled(name + " got one more answer: " + frame);
    } else {
      answered((int) number, frame, nanos);
    }
  }

  private void answered(int number, String frame, long nanos) {
    latency.recordValue(Math.max(0, nanos - sentAt[number]));
    sentAt[number] = ANSWERED;
    answered++;
    if (!SwapFrames.isMessage(frame) || SwapFrames.number(frame) != number) {
      findings.failed(name + " got to request " + number + ": " + frame);
    } else {
      repliesByVersion.merge(SwapFrames.version(frame), 1L, Long::sum);
    }
  }

  @Override
  public void closed(LoadClient gone) {
    closed = true;
    findings.failed("the server closed the connection of " + name);
  }

  String name() {
    return name;
  }

  long requests() {
    return requests;
  }

  long replies() {
    return answered;
  }

  long sends() {
    return sends;
  }

  long publishes() {
    return publishes;
  }

  Map<String, Long> repliesByVersion() {
    return repliesByVersion;
  }

  /** Whether nothing is to be waited for. */
  boolean settled() {
    return closed || answered == requests;
  }

  /** Counts what has never been answered. */
  void account() {
    if (answered < requests) {
      int first = 0;
      while (sentAt[first] == ANSWERED) {
        first++;
      }
      findings.lost(
          requests - answered,
          (requests - answered) + " requests of " + name + " without answer, the first " + first);
    }
  }
}
