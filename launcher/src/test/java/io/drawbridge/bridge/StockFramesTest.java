package io.drawbridge.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.config.BridgeConfig;
import io.drawbridge.config.LimitsConfig;
import io.drawbridge.config.PermissionRule;
import io.drawbridge.permission.LivePermissions;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients rely on that never say hello. */
class StockFramesTest {

  private static final Set<String> ANYONE = Set.of(PermissionRule.ANYONE);

  private final TestBridge bridge =
      new TestBridge(
          new LivePermissions(
              List.of(
                  new PermissionRule("open.**", ANYONE, ANYONE, ANYONE, null, null),
                  new PermissionRule(
                      "guarded", Set.of("read"), Set.of("write"), Set.of(), null, null))));

  @AfterEach
  void close() {
    bridge.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"'text'", "{'a':{'b':[1]}}", "[1,'x',null]", "12.5", "7", "true", "false"})
  void carriesEveryKindOfBodyUnchanged(String body) {
    var publisher = bridge.anonymous();
    var listener = bridge.anonymous().hello().registered("open.room");

    publisher.say("{'type':'publish','address':'open.room','body':" + body + "}");

    listener.expect("{'type':'rec','address':'open.room','body':" + body + "}");
  }

  @Test
  void carriesHeadersBothWaysAndRepeatedOnesAsAnArray() {
    bridge
        .bus()
        .consumer(
            "open.echo",
            message ->
                message.reply(
                    message.headers().get("colour"),
                    new DeliveryOptions().addHeader("two", "a").addHeader("two", "b")));
    var browser = bridge.anonymous();

    browser.say(
        "{'type':'send','address':'open.echo','headers':{'colour':'red'},'replyAddress':'r1'}");

    browser.expect("{'type':'rec','address':'r1','body':'red','headers':{'two':['a','b']}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          nonsense                                                        | invalid_json
          []                                                              | invalid_json
          null                                                            | invalid_json
          {'type':'ping'} {}                                              | invalid_json
          {'type':'ping','type':'ping'}                                   | invalid_json
          {'type':'publish','address':'open.a','body':'\\ud800'}          | invalid_json
          {'type':'publish','address':'open.a','body':{'\\udc00':1}}      | invalid_json
          {}                                                              | missing_type
          {'type':null}                                                   | missing_type
          {'type':5}                                                      | invalid_type
          {'type':'dance','address':'open.a'}                             | invalid_type
          {'type':'refresh','token':'alice'}                              | invalid_type
          {'type':'pong'}                                                 | invalid_type
          {'type':'send'}                                                 | missing_address
          {'type':'register','address':7}                                 | missing_address
          {'type':'send','address':'open.a','replyAddress':5}             | invalid_reply_address
          {'type':'send','address':'open.a','replyAddress':''}            | invalid_reply_address
          {'type':'send','address':'open.a','replyAddress':'0123456789012345678901234567890123456'} | invalid_reply_address
          {'type':'send','address':'open.a','headers':'x: y'}             | rejected
          {'type':'send','address':'open.a','headers':{'a':null}}         | rejected
          {'type':'send','address':'open.a','headers':{'a':'b\\r\\nc: d'}} | rejected
          {'type':'send','address':'open.a\\u0007'}                       | rejected
          {'type':'send','address':'open.a','body':123456789012345678901234567890} | rejected
          {'type':'register','address':'secret'}                          | access_denied
          {'type':'unregister','address':'secret'}                        | access_denied
          {'type':'send','address':'secret'}                              | access_denied
          {'type':'publish','address':'secret'}                           | access_denied
          {'type':'send','address':'guarded'}                             | not_logged_in
          {'type':'register','address':'guarded'}                         | not_logged_in
          {'type':'register','address':'open.a','headers':{'eb-recover':'k:1'}} | rejected
          """)
  void tellsWhatIsWrongByTheStockWordAndStaysOpen(String frame, String word) {
    var browser = bridge.anonymous();

    browser.say(frame);

    assertThat(browser.next().getString("body")).isEqualTo(word);
    assertThat(browser.isOpen()).isTrue();
    browser.hello();
  }

  @Test
  void refusesNestingPastSixtyFour() {
    var browser = bridge.anonymous();

    browser.sayRaw("{\"type\":\"ping\",\"x\":" + "[".repeat(64) + "]".repeat(64) + "}");

    browser.expect("{'type':'err','body':'invalid_json'}");
  }

  @Test
  void refusesAnAddressOfTwoHundredAndOneCharacters() {
    var browser = bridge.anonymous();

    browser.say("{'type':'register','address':'open." + "x".repeat(196) + "'}");
    browser.say("{'type':'register','address':'open." + "x".repeat(195) + "'}");

    browser.expect("{'type':'err','body':'max_address_length_reached'}");
    assertThat(browser.isOpen()).isTrue();
    browser.hello();
  }

  @Test
  void tellsTheCallbackOfARefusedRequest() {
    var browser = bridge.anonymous();

    browser.say("{'type':'send','address':'secret','replyAddress':'r1'}");

    browser.expect(
        "{'type':'err','body':'access_denied','address':'r1','failureCode':4103,"
            + "'failureType':'PERMISSION_DENIED','message':'no right to send at secret'}");
  }

  @Test
  void refusesASecondRegistrationOfOneAddress() {
    var browser = bridge.anonymous();

    browser.sayTogether(
        "{'type':'register','address':'open.a'}", "{'type':'register','address':'open.a'}");

    browser.expect("{'type':'err','body':'address_already_registered'}");
  }

  @Test
  void neverMissesWhatItPublishesRightAfterItRegisters() {
    var browser = bridge.anonymous();
    for (int i = 0; i < 2_000; i++) {
      browser.sayTogether(
          "{'type':'register','address':'open.n'}",
          "{'type':'publish','address':'open.n','body':" + i + "}");
      assertThat(browser.next().getInteger("body")).isEqualTo(i);
      browser.say("{'type':'unregister','address':'open.n'}");
      int fresh = i % 500;
      browser.say("{'type':'register','address':'open.n" + fresh + "'}");
      browser.say("{'type':'publish','address':'open.n" + fresh + "','body':'own'}");
      browser.expect("{'type':'rec','address':'open.n" + fresh + "','body':'own'}");
      browser.say("{'type':'unregister','address':'open.n" + fresh + "'}");
    }
  }

  @Test
  void deliversNothingAfterUnregister() {
    var browser = bridge.anonymous().hello().registered("open.a");

    browser.say("{'type':'unregister','address':'open.a','id':2}");
    browser.expectEvent("eb.ok");
    bridge.bus().publish("open.a", "late");

    browser.expectNothing();
  }

  @Test
  void keepsTheBusesOwnFailuresAsStockTellsThem() {
    bridge.bus().consumer("open.failing", message -> message.fail(42, "no luck"));
    var browser = bridge.anonymous();

    browser.say("{'type':'send','address':'open.failing','replyAddress':'r1'}");
    browser.expect(
        "{'type':'err','address':'r1','failureCode':42,'failureType':'RECIPIENT_FAILURE',"
            + "'message':'no luck'}");

    browser.say("{'type':'send','address':'open.nobody','replyAddress':'r2'}");
    browser.expect(
        "{'type':'err','address':'r2','failureCode':-1,'failureType':'NO_HANDLERS',"
            + "'message':'No handlers for address open.nobody'}");
  }

  @Test
  void tellsATimeoutForARequestAndForAReplyToAReply() {
    bridge.bus().consumer("open.silent", message -> {});
    bridge
        .bus()
        .consumer("open.deaf", message -> message.replyAndRequest("go on").onFailure(e -> {}));
    var browser = bridge.anonymous();

    browser.say("{'type':'send','address':'open.silent','replyAddress':'r1'}");
    assertThat(browser.next().getString("failureType")).isEqualTo("TIMEOUT");

    browser.say("{'type':'send','address':'open.deaf','replyAddress':'r2'}");
    String replyAddress = browser.next().getString("replyAddress");
    browser.say("{'type':'send','address':'" + replyAddress + "','replyAddress':'r3'}");
    assertThat(browser.next().getString("failureType")).isEqualTo("TIMEOUT");
  }

  @Test
  void givesASentMessageToEachListenerInTurn() {
    var browsers =
        List.of(
            bridge.anonymous().hello().registered("open.work"),
            bridge.anonymous().hello().registered("open.work"),
            bridge.anonymous().hello().registered("open.work"),
            bridge.anonymous().hello().registered("open.work"));

    for (int i = 0; i < 8; i++) {
      bridge.bus().send("open.work", i);
    }

    for (Browser browser : browsers) {
      browser.next();
      browser.next();
      browser.expectNothing();
    }
  }

  @Test
  void takesAReplyFromTheBrowserThatWasAskedOnce() throws Exception {
    var asked = bridge.anonymous().hello().registered("open.ask");
    var other = bridge.anonymous().hello();
    BlockingQueue<Object> replies = new LinkedBlockingQueue<>();
    bridge.bus().request("open.ask", "?").onSuccess(reply -> replies.add(reply.body()));
    String replyAddress = asked.next().getString("replyAddress");

    other.say("{'type':'send','address':'" + replyAddress + "','body':'forged'}");
    assertThat(other.next().getString("body")).isEqualTo("access_denied");

    asked.say("{'type':'send','address':'" + replyAddress + "','body':'yes'}");
    assertThat(replies.poll(10, TimeUnit.SECONDS)).isEqualTo("yes");

    asked.say("{'type':'send','address':'" + replyAddress + "','body':'again'}");
    assertThat(asked.next().getString("body")).isEqualTo("access_denied");
  }

  @Test
  void tellsTheSenderAtOnceWhenTheLastListenerHasLeft() {
    var listener = bridge.anonymous().hello().registered("open.ask");
    listener.hangUp();
    var browser = bridge.anonymous();

    browser.say("{'type':'send','address':'open.ask','replyAddress':'r1'}");

    assertThat(browser.next().getString("failureType")).isEqualTo("NO_HANDLERS");
  }

  @Test
  void takesWhatABrowserMayNotSayOutOfItsHeadersAndAddsWhoItIs() throws Exception {
    BlockingQueue<String> seen = new LinkedBlockingQueue<>();
    bridge.bus().consumer("guarded", message -> seen.add(message.headers().entries().toString()));
    var browser = bridge.connect("alice:write");

    browser.say(
        "{'type':'send','address':'guarded','headers':{'eb-subject':'mallory','EB-Claims':'x',"
            + "'authorization':'Bearer alice:write','kept':'1'}}");

    String headers = seen.poll(10, TimeUnit.SECONDS);
    assertThat(headers)
        .contains("kept=1", "eb-subject=alice", "eb-session=s-")
        .contains("eb-claims={\"authorities\":[\"write\"],\"claims\":{\"tenant\":\"acme\"}}")
        .doesNotContain("mallory", "uthorization", "hidden");
  }

  @Test
  void showsNoInnerHeaderToBrowsers() {
    var listener = bridge.anonymous().hello().registered("open.a");
    var publisher = bridge.connect("alice");

    publisher.say("{'type':'publish','address':'open.a','body':1}");

    listener.expect("{'type':'rec','address':'open.a','body':1}");
  }

  @Test
  void acceptsATokenInsideAFrame() {
    bridge.bus().consumer("guarded", message -> message.reply("in"));
    var browser = bridge.anonymous();

    browser.say(
        "{'type':'send','address':'guarded','replyAddress':'r1',"
            + "'headers':{'Authorization':'Bearer alice:write'}}");
    browser.expect("{'type':'rec','address':'r1','body':'in'}");

    browser.say(
        "{'type':'send','address':'guarded','replyAddress':'r2',"
            + "'headers':{'Authorization':'Bearer bad'}}");
    assertThat(browser.next().getString("body")).isEqualTo("auth_error");
    assertThat(browser.isOpen()).isTrue();
  }

  @Test
  void refusesTheHandlerAfterTheThousandthAndGoesOnWithTheOthers() {
    var browser = bridge.anonymous().hello();
    for (int i = 0; i < 1000; i++) {
      browser.registered("open.n" + i);
    }

    browser.say("{'type':'register','address':'open.more','id':1}");
    assertThat(browser.next().getString("body")).isEqualTo("max_handlers_reached");
    browser.say("{'type':'send','address':'open.x','replyAddress':'r','id':2}");
    assertThat(browser.next().getString("body")).isEqualTo("max_handlers_reached");

    bridge.bus().publish("open.n7", "still here");
    browser.expect("{'type':'rec','address':'open.n7','body':'still here'}");
  }

  @Test
  void keepsOneConsumerPerAddressAndLetsItGoAfterTheLastListener() {
    var one = bridge.anonymous().hello().registered("open.a");
    var two = bridge.anonymous().hello().registered("open.a");
    assertThat(bridge.addresses()).isEqualTo(1);

    one.hangUp();
    two.hangUp();

    Waiting.until(() -> bridge.addresses() == 0);
  }

  @Test
  void tellsItsEventsInTheOrderOfTheStockBridge() {
    var browser = bridge.anonymous();
    browser.say("{'type':'ping'}");
    browser.say("{'type':'register','address':'open.a'}");
    Waiting.until(() -> bridge.events.contains("REGISTERED open.a"));
    browser.say("{'type':'publish','address':'open.a','body':1}");
    browser.next();
    browser.say("{'type':'send','address':'open.a','body':1}");
    browser.next();
    browser.hangUp();

    assertThat(bridge.events)
        .containsExactly(
            "SOCKET_CREATED",
            "SOCKET_PING",
            "REGISTER open.a",
            "REGISTERED open.a",
            "PUBLISH open.a",
            "RECEIVE open.a",
            "SEND open.a",
            "RECEIVE open.a",
            "UNREGISTER open.a",
            "SOCKET_CLOSED");
  }

  @Test
  void closesASilentClientBetweenOneAndThreePingTimeoutsLater() {
    var timing =
        new BridgeConfig(25_000, 8_000, 500, 2_000, 5_000, 50, 25_000, 8_000, 25_000, 5_000, false);
    try (var hasty =
        new TestBridge(new LivePermissions(List.of()), LimitsConfig.defaults(), timing)) {
      var browser = hasty.anonymous().say("{'type':'ping'}");
      long spoke = System.nanoTime();

      assertThat(browser.closeCode()).isEqualTo(3012);

      assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - spoke)).isBetween(500L, 4_000L);
      assertThat(hasty.events).containsSubsequence("SOCKET_IDLE", "SOCKET_CLOSED");
    }
  }

  @Test
  void carriesAJsonArrayFromTheCluster() {
    var listener = bridge.anonymous().hello().registered("open.a");

    bridge.bus().publish("open.a", new JsonArray().add(new JsonObject().put("deep", true)));

    listener.expect("{'type':'rec','address':'open.a','body':[{'deep':true}]}");
  }
}
