package io.drawbridge.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.config.BridgeConfig;
import io.drawbridge.config.LimitsConfig;
import io.drawbridge.config.PermissionRule;
import io.drawbridge.permission.LivePermissions;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client gets that says hello. */
class HelloTest {

  private static final Set<String> ANYONE = Set.of(PermissionRule.ANYONE);

  private final LivePermissions permissions =
      new LivePermissions(
          List.of(
              new PermissionRule("open.**", ANYONE, ANYONE, ANYONE, null, null),
              new PermissionRule(
                  "slowly", ANYONE, ANYONE, ANYONE, null, new PermissionRule.Rate(0.5, 2)),
              new PermissionRule(
                  "guarded", Set.of("read"), Set.of("write"), Set.of("write"), null, null)));

  private final TestBridge bridge = new TestBridge(permissions);

  @AfterEach
  void close() {
    bridge.close();
  }

  @Test
  void welcomesWithWhatTheClientNeedsToKnow() {
    var browser = bridge.anonymous();

    browser.say("{'type':'ping','ext':{'v':1,'token':'alice:read@600','client':'js/1.0'}}");

    JsonObject welcome = browser.expectEvent("eb.welcome");
    assertThat(welcome.getString("session")).startsWith("s-");
    assertThat(welcome.getLong("expiresIn")).isBetween(590L, 600L);
    welcome.remove("session");
    welcome.remove("expiresIn");
    assertThat(welcome)
        .isEqualTo(
            new JsonObject(
                """
                {"v":1,"node":"n-test","ping":25000,"pongTimeout":8000,"subject":"alice",
                 "limits":{"frameBytes":65536,"handlers":1000}}
                """));
  }

  @Test
  void answersEachFrameWithAnIdOnce() {
    bridge.bus().consumer("open.echo", message -> message.reply(message.body()));
    var browser = bridge.anonymous().hello();

    browser.say("{'type':'register','address':'open.a','id':1}");
    browser.expect("{'type':'event','event':'eb.ok','message':{'id':1,'address':'open.a'}}");
    browser.say("{'type':'send','address':'open.echo','body':'x','replyAddress':'r','id':2}");
    browser.expect("{'type':'rec','address':'r','body':'x'}");
    browser.say("{'type':'send','address':'open.echo','body':'x','id':3}");
    browser.expect("{'type':'event','event':'eb.ok','message':{'id':3,'address':'open.echo'}}");
    browser.say("{'type':'publish','address':'open.nobody','body':'x','id':4}");
    browser.expect("{'type':'event','event':'eb.ok','message':{'id':4,'address':'open.nobody'}}");
    browser.say("{'type':'unregister','address':'open.a','id':5}");
    browser.expect("{'type':'event','event':'eb.ok','message':{'id':5,'address':'open.a'}}");
    browser.expectNothing();
  }

  @Test
  void tellsThatASendReachedNobody() {
    var browser = bridge.anonymous().hello();

    browser.say("{'type':'send','address':'open.nobody','body':'x','id':3}");

    JsonObject error = browser.next();
    assertThat(error.getInteger("id")).isEqualTo(3);
    assertThat(error.getInteger("failureCode")).isEqualTo(4104);
    assertThat(error.getBoolean("temporary")).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"7, 7, false", "4107, 4107, false", "4113, 4113, true", "4103, 4110, false"})
  void passesTheCodesOfHandlersOnButNotTheBridgesOwn(int failed, int told, boolean temporary) {
    bridge.bus().consumer("open.fails", message -> message.fail(failed, "no"));
    var browser = bridge.anonymous().hello();

    browser.say("{'type':'send','address':'open.fails','replyAddress':'r','id':1}");

    JsonObject error = browser.next();
    assertThat(error.getInteger("failureCode")).isEqualTo(told);
    assertThat(error.getBoolean("temporary")).isEqualTo(temporary);
    assertThat(error.getInteger("id")).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {'type':'register','address':'guarded','id':1}                       | 4101
          {'type':'send','address':'secret','id':1}                            | 4103
          {'type':'send','address':'open.a','replyAddress':7,'id':1}           | 4107
          {'type':'send','address':'open.a','replyAddress':'r','timeoutMs':0,'id':1} | 4107
          {'type':'register','address':'open.a','recover':{'epoch':'k'},'id':1} | 4107
          {'type':'register','address':'open.a','last':20,'id':1}              | 4107
          {'type':'publish','address':'open.a','body':1,'key':'k','id':1}      | 4107
          {'type':'send','address':'open.a','body':1,'key':'k','id':1}         | 4107
          {'type':'history','address':'open.a','id':1}                         | 4107
          {'type':'refresh','token':'bad','id':1}                              | 4101
          {'type':'refresh','token':'expired','id':1}                          | 4109
          {'type':'refresh','id':1}                                            | 4107
          """)
  void refusesWithACodeAndTheId(String frame, int code) {
    var browser = bridge.anonymous().hello();

    browser.say(frame);

    JsonObject error = browser.next();
    assertThat(error.getInteger("failureCode")).as("%s", error).isEqualTo(code);
    assertThat(error.getInteger("id")).isEqualTo(1);
    assertThat(error.getString("message")).isNotBlank();
    assertThat(browser.isOpen()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"'x'", "-1", "1.5", "9007199254740992", "true", "{}"})
  void refusesAnIdThatIsNoWholeNumber(String id) {
    var browser = bridge.anonymous().hello();

    browser.say("{'type':'publish','address':'open.a','id':" + id + "}");

    JsonObject error = browser.next();
    assertThat(error.getInteger("failureCode")).isEqualTo(4107);
    assertThat(error.containsKey("id")).isFalse();
  }

  @Test
  void refusesAReplyAddressThatIsInUse() {
    bridge.bus().consumer("open.silent", message -> {});
    var browser = bridge.anonymous().hello();

    browser.say("{'type':'send','address':'open.silent','replyAddress':'r','id':1}");
    browser.say("{'type':'send','address':'open.silent','replyAddress':'r','id':2}");

    JsonObject error = browser.next();
    assertThat(error.getString("body")).isEqualTo("invalid_reply_address");
    assertThat(error.getInteger("id")).isEqualTo(2);
  }

  @Test
  void letsARequestSayHowLongItWaits() {
    bridge.bus().consumer("open.silent", message -> {});
    var browser = bridge.anonymous().hello();

    browser.say("{'type':'send','address':'open.silent','replyAddress':'r','timeoutMs':50,'id':1}");

    assertThat(browser.next().getInteger("failureCode")).isEqualTo(4108);
  }

  @Test
  void answersARegistrationBeforeItsFirstMessage() {
    var browser = bridge.anonymous().hello();

    browser.sayTogether(
        "{'type':'register','address':'open.a','id':1}",
        "{'type':'publish','address':'open.a','body':'own','id':2}");

    browser.expect("{'type':'event','event':'eb.ok','message':{'id':1,'address':'open.a'}}");
    browser.expect("{'type':'event','event':'eb.ok','message':{'id':2,'address':'open.a'}}");
    browser.expect("{'type':'rec','address':'open.a','body':'own'}");
  }

  @Test
  void refusesTooManyFramesPerRuleAndSaysWhenToTryAgain() {
    bridge.bus().consumer("slowly", message -> message.reply("ok"));
    var browser = bridge.anonymous().hello();

    browser.sayTogether(
        "{'type':'publish','address':'slowly','id':1}",
        "{'type':'publish','address':'slowly','id':2}",
        "{'type':'publish','address':'slowly','id':3}");

    browser.expectEvent("eb.ok");
    browser.expectEvent("eb.ok");
    JsonObject error = browser.next();
    assertThat(error.getInteger("failureCode")).isEqualTo(4111);
    assertThat(error.getLong("retryAfterMs")).isBetween(1L, 2_000L);
  }

  @Test
  void endsAConnectionThatSaysNothingButNonsense() {
    var limits = Limits.with("badFrames", 5);
    try (var strict = new TestBridge(permissions, limits, TestBridge.quickTiming())) {
      var browser = strict.anonymous();
      for (int i = 0; i < 6; i++) {
        browser.say("nonsense");
      }
      assertThat(browser.closeCode()).isEqualTo(3501);
    }
  }

  @Test
  void refusesFramesThatComeTooFastAndThenEndsTheConnection() {
    var limits = Limits.with("badFrames", 5, "framesPerSecond", 1, "framesBurst", 3);
    try (var strict = new TestBridge(permissions, limits, TestBridge.quickTiming())) {
      var browser = strict.anonymous().hello();
      String frame = "{'type':'publish','address':'open.a','id':1}";

      browser.sayTogether(frame, frame, frame);
      browser.expectEvent("eb.ok");
      browser.expectEvent("eb.ok");
      assertThat(browser.next().getInteger("failureCode")).isEqualTo(4111);
      browser.sayTogether(frame, frame, frame, frame, frame, frame);

      assertThat(browser.closeCode()).isEqualTo(3501);
    }
  }

  @Test
  void endsAHelloWithABadTokenAfterTellingWhy() {
    var browser = bridge.anonymous();

    browser.say("{'type':'ping','ext':{'v':1,'token':'expired'}}");

    assertThat(browser.next().getInteger("failureCode")).isEqualTo(4109);
    assertThat(browser.expectEvent("eb.disconnect"))
        .isEqualTo(new JsonObject().put("code", 3500).put("reconnect", false));
    assertThat(browser.closeCode()).isEqualTo(3500);
  }

  @Test
  void endsAHandshakeWithABadToken() {
    var browser = bridge.connect("bad");

    browser.expect("{'type':'err','body':'auth_error'}");
    assertThat(browser.closeCode()).isEqualTo(3500);
  }

  @Test
  void finishesWithATokenBeforeTheNextFrame() {
    bridge.bus().consumer("guarded", message -> message.reply("in"));
    var browser = bridge.anonymous();

    browser.sayTogether(
        "{'type':'ping','ext':{'v':1,'token':'slowAlice:write'}}",
        "{'type':'send','address':'guarded','replyAddress':'r','id':1}");
    assertThat(browser.socket().written).isEmpty();
    assertThat(browser.socket().reading).isFalse();
    bridge.keysFetched.complete(null);

    browser.expectEvent("eb.welcome");
    browser.expect("{'type':'rec','address':'r','body':'in'}");
    assertThat(browser.socket().reading).isTrue();
  }

  @Test
  void keepsTheSubjectAtARefresh() {
    var browser = bridge.connect("alice:read").hello();

    browser.say("{'type':'refresh','token':'alice:read,write@600','id':1}");
    assertThat(browser.expectEvent("eb.ok").getLong("expiresIn")).isBetween(590L, 600L);

    browser.say("{'type':'refresh','token':'mallory:read','id':2}");
    browser.expectEvent("eb.disconnect");
    assertThat(browser.closeCode()).isEqualTo(3500);
  }

  @Test
  void endsRegistrationsThatARefreshNoLongerAllows() {
    var browser = bridge.connect("alice:read").hello().registered("guarded").registered("open.a");

    browser.say("{'type':'refresh','token':'alice:other','id':1}");

    assertThat(browser.expectEvent("eb.unregistered"))
        .isEqualTo(
            new JsonObject().put("address", "guarded").put("code", 4103).put("resubscribe", false));
    browser.expectEvent("eb.ok");
    bridge.bus().publish("guarded", "secret");
    bridge.bus().publish("open.a", "open");
    browser.expect("{'type':'rec','address':'open.a','body':'open'}");
  }

  @Test
  void endsRegistrationsThatNewRulesNoLongerAllow() {
    var browser = bridge.anonymous().hello().registered("open.a");

    permissions.offer("plugin", Map.of("open.a", ""));

    assertThat(browser.expectEvent("eb.unregistered").getString("address")).isEqualTo("open.a");
  }

  @Test
  void warnsOfATokenThatExpiresAndThenCloses() {
    var browser = bridge.connect("alice:read@2").hello();

    assertThat(browser.expectEvent("eb.expiring").getLong("inMs")).isBetween(0L, 2_000L);
    assertThat(browser.expectEvent("eb.disconnect").getInteger("code")).isEqualTo(3005);
    assertThat(browser.closeCode()).isEqualTo(3005);
  }

  @Test
  void pingsAndClosesWhoDoesNotAnswer() {
    var timing =
        new BridgeConfig(300, 400, 10_000, 2_000, 5_000, 50, 25_000, 8_000, 25_000, 5_000, false);
    try (var hasty = new TestBridge(permissions, LimitsConfig.defaults(), timing)) {
      var browser = hasty.anonymous().hello();

      browser.expect("{'type':'ping'}");
      browser.say("{'type':'pong'}");
      browser.expect("{'type':'ping'}");
      assertThat(browser.expectEvent("eb.disconnect").getInteger("code")).isEqualTo(3012);
      assertThat(browser.closeCode()).isEqualTo(3012);
    }
  }

  @Test
  void closesASocketThatNeverSpeaks() {
    var limits = Limits.with("helloSeconds", 1);
    try (var hasty = new TestBridge(permissions, limits, TestBridge.quickTiming())) {
      assertThat(hasty.anonymous().closeCode()).isEqualTo(3502);
    }
  }

  @Test
  void tellsEveryoneAtShutdownAndInvitesThemBack() {
    var browser = bridge.anonymous().hello();

    bridge.bridge().close();

    assertThat(browser.expectEvent("eb.disconnect"))
        .isEqualTo(new JsonObject("{\"code\":3001,\"reconnect\":true,\"delayMs\":[0,8000]}"));
    assertThat(browser.closeCode()).isEqualTo(3001);
  }

  @Test
  void countsTheRegistrationsOfASubjectOverAllItsSessions() {
    var limits = Limits.with("userHandlers", 2);
    try (var strict = new TestBridge(permissions, limits, TestBridge.quickTiming())) {
      var one = strict.connect("alice").hello().registered("open.a");
      var two = strict.connect("alice").hello().registered("open.a");

      two.say("{'type':'register','address':'open.b','id':1}");
      assertThat(two.next().getInteger("failureCode")).isEqualTo(4106);

      one.hangUp();
      two.registered("open.b");
    }
  }

  @Test
  void boundsTheFramesOfASubjectOverAllItsSessions() {
    var limits = Limits.with("userFramesPerSecond", 1, "userFramesBurst", 3);
    try (var strict = new TestBridge(permissions, limits, TestBridge.quickTiming())) {
      var one = strict.connect("alice").hello();
      var two = strict.connect("alice").hello();
      var other = strict.connect("bob").hello();
      String frame = "{'type':'publish','address':'open.a','id':1}";

      one.say(frame).expectEvent("eb.ok");
      two.say(frame);

      JsonObject error = two.next();
      assertThat(error.getInteger("failureCode")).isEqualTo(4111);
      assertThat(error.getLong("retryAfterMs")).isBetween(1L, 1_000L);
      other.say(frame).expectEvent("eb.ok");
    }
  }

  @Test
  void auditsEveryRefusal() throws Exception {
    bridge.connect("alice:none").hello().say("{'type':'send','address':'guarded','id':1}");

    assertThat(bridge.refusals.poll(10, TimeUnit.SECONDS)).isEqualTo("access_denied 4103 guarded");
  }

  @Test
  void handsOverRepliesWithTheirOwnReplies() throws Exception {
    BlockingQueue<Object> finished = new LinkedBlockingQueue<>();
    bridge
        .bus()
        .consumer(
            "open.talk",
            message ->
                message.replyAndRequest("and?").onSuccess(answer -> finished.add(answer.body())));
    var browser = bridge.anonymous().hello();

    browser.say("{'type':'send','address':'open.talk','replyAddress':'r','id':1}");
    String back = browser.next().getString("replyAddress");
    browser.say("{'type':'send','address':'" + back + "','body':'done','id':2}");

    browser.expectEvent("eb.ok");
    assertThat(finished.poll(10, TimeUnit.SECONDS)).isEqualTo("done");
  }
}
