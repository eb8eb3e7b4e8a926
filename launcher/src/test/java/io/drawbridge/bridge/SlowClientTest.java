package io.drawbridge.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.config.PermissionRule;
import io.drawbridge.permission.LivePermissions;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What happens to a client that reads too slowly, and what does not happen to the others. */
class SlowClientTest {

  private static final Set<String> ANYONE = Set.of(PermissionRule.ANYONE);

  private final LivePermissions permissions =
      new LivePermissions(
          List.of(new PermissionRule("open.**", ANYONE, ANYONE, ANYONE, null, null)));

  private final TestBridge bridge =
      new TestBridge(
          permissions,
          Limits.with("frameBytes", 8_192, "queueBytes", 10_000, "blockedSeconds", 1),
          TestBridge.quickTiming());

  @AfterEach
  void close() {
    bridge.close();
  }

  @Test
  void closesWhoOverrunsItsBytesAndLosesNothingForTheOthers() {
    var slow = bridge.anonymous().hello().registered("open.feed");
    var quick = bridge.anonymous().hello().registered("open.feed");
    slow.socket().blocked = true;

    for (int i = 0; i < 40; i++) {
      bridge.bus().publish("open.feed", i + "x".repeat(400));
    }

    assertThat(slow.closeCode()).isEqualTo(3008);
    Waiting.until(() -> bridge.queued.get() == 0);
    for (int i = 0; i < 40; i++) {
      assertThat(quick.next().getString("body")).startsWith(i + "x");
    }
    assertThat(quick.isOpen()).isTrue();
  }

  @Test
  void keepsWhatWaitsForAClientThatCatchesUp() {
    var slow = bridge.anonymous().hello().registered("open.feed");
    slow.socket().blocked = true;
    for (int i = 0; i < 10; i++) {
      bridge.bus().publish("open.feed", i);
    }
    var other = bridge.anonymous().hello().registered("open.feed");
    bridge.bus().publish("open.feed", 10);
    other.next();
    Waiting.until(() -> bridge.queued.get() > 0);

    slow.drain();

    for (int i = 0; i <= 10; i++) {
      assertThat(slow.next().getInteger("body")).isEqualTo(i);
    }
    Waiting.until(() -> bridge.queued.get() == 0);
  }

  @Test
  void closesWhoTakesNothingForTooLong() {
    var slow = bridge.anonymous().hello().registered("open.feed");
    slow.socket().blocked = true;

    bridge.bus().publish("open.feed", 1);

    assertThat(slow.closeCode()).isEqualTo(3008);
  }

  @Test
  void refusesASingleFrameOverTheBoundAndStaysOpen() {
    var browser = bridge.anonymous().hello().registered("open.feed");

    bridge.bus().publish("open.feed", "x".repeat(10_001));

    JsonObject error = browser.next();
    assertThat(error.getInteger("failureCode")).isEqualTo(4106);
    assertThat(error.getString("address")).isEqualTo("open.feed");
    browser.expectNothing();
    assertThat(browser.isOpen()).isTrue();
  }

  @Test
  void tellsARequestThatItsReplyIsOverTheBound() {
    bridge.bus().consumer("open.big", message -> message.reply("x".repeat(10_001)));
    var browser = bridge.anonymous().hello();

    browser.say("{'type':'send','address':'open.big','replyAddress':'r','id':1}");

    JsonObject error = browser.next();
    assertThat(error.getInteger("failureCode")).isEqualTo(4106);
    assertThat(error.getString("address")).isEqualTo("r");
    assertThat(error.getInteger("id")).isEqualTo(1);
  }

  @Test
  void writesTheFramesOfOneTurnAtOnce() {
    var browser = bridge.anonymous().hello();
    browser.socket().writes.clear();

    browser.sayTogether(
        "{'type':'publish','address':'open.a','id':1}",
        "{'type':'publish','address':'open.a','id':2}",
        "{'type':'publish','address':'open.a','id':3}");
    for (int i = 0; i < 3; i++) {
      browser.expectEvent("eb.ok");
    }

    assertThat(browser.socket().writes).containsExactly(3);
  }
}
