package io.drawbridge.bench.swap;

import io.drawbridge.bench.ClientFrames;
import io.drawbridge.bench.FrameListener;
import io.drawbridge.bench.LoadClient;
import io.drawbridge.bench.LoadLoop;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One session that hears what all senders publish, and checks that it comes once and in each
 * sender's order.
 */
final class SwapListener implements FrameListener {

  private static final String HELLO = "hello";

  private final LoadClient client;
  private final String name;
  private final SwapFindings findings;
  private final Map<String, Long> nextBySender = new HashMap<>();
  private long heard;
  private boolean registered;

  SwapListener(String name, LoadLoop loop, int port, SwapFindings findings) throws IOException {
    this.name = name;
    this.findings = findings;
    this.client = loop.connect(port, this);
    client.send(
        ClientFrames.joined(
            List.of(ClientFrames.register(SwapPlugin.NEWS), SwapFrames.publish(HELLO, 0))));
  }

  /** Whether it has heard anything, be it the greeting that it sent itself. */
  boolean registered() {
    return registered;
  }

  @Override
  public void frame(
      LoadClient from, int opcode, ByteBuffer buffer, int start, int length, long nanos) {
    String frame = SwapFrames.text(buffer, start, length);
    if (opcode == CLOSE || SwapFrames.isPong(frame)) {
      return;
    }
    if (!SwapFrames.isMessage(frame)) {
      findings.failed(name + " got " + frame);
      return;
    }
    registered = true;
    String sender = SwapFrames.sender(frame);
    if (!sender.equals(HELLO)) {
      hear(sender, SwapFrames.number(frame));
    }
  }

  private void hear(String sender, long number) {
    heard++;
    long due = nextBySender.getOrDefault(sender, 0L);
    if (number < due) {
      findings.doubled(name + " heard " + number + " of " + sender + " after " + (due - 1));
      return;
    }
    if (number > due) {
      findings.lost(
          number - due, name + " heard " + number + " of " + sender + " where " + due + " was due");
    }
    nextBySender.put(sender, number + 1);
  }

  @Override
  public void closed(LoadClient gone) {
    findings.failed("the server closed the connection of " + name);
  }

  long heard() {
    return heard;
  }

  /** Whether it has heard all that was published. */
  boolean settled(List<SwapSender> senders) {
    return senders.stream().allMatch(sender -> missing(sender) == 0);
  }

  /** Counts what it has not heard by now. */
  void account(List<SwapSender> senders) {
    for (SwapSender sender : senders) {
      if (missing(sender) > 0) {
        findings.lost(
            missing(sender),
            name + " did not hear the last " + missing(sender) + " of " + sender.name());
      }
    }
  }

  private long missing(SwapSender sender) {
    return sender.publishes() - nextBySender.getOrDefault(sender.name(), 0L);
  }
}
