package io.drawbridge.bench.swap;

import io.drawbridge.bench.FrameListener;
import io.drawbridge.bench.LoadClient;
import io.drawbridge.bench.LoadLoop;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks the plugin what its handlers have counted and compares that with what was sent. */
final class SwapCensus implements FrameListener {

  private static final Duration BETWEEN = Duration.ofMillis(100);

  private final LoadLoop loop;
  private final LoadClient client;
  private final SwapFindings findings;
  private final Duration bound;
  private @Nullable JsonObject report;

  SwapCensus(LoadLoop loop, int port, SwapFindings findings, Duration bound) throws IOException {
    this.loop = loop;
    this.bound = bound;
    this.findings = findings;
    this.client = loop.connect(port, this);
  }

  /** Asks until everything has been handled, or the time is over; counts what is amiss. */
  void take(String run, List<SwapSender> senders) throws IOException {
    long end = System.nanoTime() + bound.toNanos();
    JsonObject last = ask(run);
    while (!complete(last, senders) && System.nanoTime() < end) {
      loop.run(BETWEEN, BETWEEN.toMillis(), () -> {});
      last = ask(run);
    }
    for (SwapSender sender : senders) {
      compare(last, sender, SwapPlugin.ASK, sender.requests());
      compare(last, sender, SwapPlugin.TELL, sender.sends());
    }
    JsonArray odd = last.getJsonArray("odd", new JsonArray());
    odd.forEach(sentence -> findings.disordered(sentence.toString()));
  }

  private JsonObject ask(String run) throws IOException {
    report = null;
    client.send(ByteBuffer.wrap(SwapFrames.tally(run)));
    loop.runUntil("the plugin's own counts", bound, () -> report != null);
    JsonObject answer = report;
    return answer == null ? new JsonObject() : answer;
  }

  private static boolean complete(JsonObject report, List<SwapSender> senders) {
    return senders.stream()
        .allMatch(
            sender ->
                due(report, sender, SwapPlugin.ASK) == sender.requests()
                    && due(report, sender, SwapPlugin.TELL) == sender.sends());
  }

  private void compare(JsonObject report, SwapSender sender, String address, long sent) {
    long handled = due(report, sender, address);
    if (handled != sent) {
      findings.lost(
          sent - handled,
          "the handler of "
              + address
              + " got up to "
              + handled
              + " of "
              + sent
              + " from "
              + sender.name());
    }
  }

  private static long due(JsonObject report, SwapSender sender, String address) {
    return report
        .getJsonObject("next", new JsonObject())
        .getLong(sender.name() + " " + address, 0L);
  }

  @Override
  public void frame(
      LoadClient from, int opcode, ByteBuffer buffer, int start, int length, long nanos) {
    byte[] bytes = new byte[length];
    buffer.get(start, bytes);
    String frame = new String(bytes, StandardCharsets.UTF_8);
    if (opcode == CLOSE || !SwapFrames.isAnswerTo(frame, "tally")) {
      return;
    }
    JsonObject answer = new JsonObject(frame);
    if (answer.getValue("body") instanceof JsonObject counts) {
      report = counts;
    } else {
      findings.failed("the plugin's own counts: " + frame);
      report = new JsonObject();
    }
  }

  @Override
  public void closed(LoadClient gone) {
    findings.failed("the server closed the connection that asks for the plugin's own counts");
  }
}
