package io.drawbridge.acceptance.stock;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.acceptance.stock.BridgeSocket.Framing;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.handler.sockjs.SockJSBridgeOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The same frames sent to our server and to a stock bridge bring the same JSON back. Two
 * differences are meant, and each has its test here: a refused request says more, and raw frames
 * are text.
 */
class SameFramesAsStockTest {

  private static final int REPLY_TIMEOUT_MILLIS = 700;
  private static final int HANDLERS = 5;

  private static final AtomicInteger ROOMS = new AtomicInteger();

  private static StockBridge stock;
  private static OurServer ours;

  @BeforeAll
  static void startBoth(@TempDir Path directory) throws Exception {
    stock =
        StockBridge.start(
            new SockJSBridgeOptions()
                .setReplyTimeout(REPLY_TIMEOUT_MILLIS)
                .setMaxHandlersPerSocket(HANDLERS));
    ours =
        OurServer.start(
            directory,
            new JsonObject()
                .put("bridge", new JsonObject().put("replyTimeoutMillis", REPLY_TIMEOUT_MILLIS))
                .put("limits", new JsonObject().put("handlers", HANDLERS)));
  }

  @AfterAll
  static void endBoth() throws Exception {
    if (ours != null) {
      ours.close();
    }
    stock.close();
  }

  @ParameterizedTest
  @EnumSource(Framing.class)
  void bodiesOfEveryTypeArriveUnchanged(Framing framing) throws Exception {
    sameOnBoth(
        framing,
        (said, room) -> {
          said.alice().registerAndHear(room);
          for (Object body : bodies()) {
            said.bob().send(Frames.publish(room, body));
            assertThat(said.aliceHears().getValue("body")).isEqualTo(body);
            said.bob().send(Frames.send(room, body));
            assertThat(said.aliceHears().getValue("body")).isEqualTo(body);
          }
        });
  }

  private static List<Object> bodies() {
    return List.of(
        "text",
        "",
        "Zoë \u2028 \ud83d\ude00 \"quoted\" \\ \u0001",
        new JsonObject().put("a", new JsonObject().put("b", 1)).putNull("c"),
        new JsonArray().add(1).add("two").add(new JsonObject()),
        42,
        -1.5,
        9_007_199_254_740_993L,
        true,
        false);
  }

  @ParameterizedTest
  @EnumSource(Framing.class)
  void aBodyOfNullOrNoneArrivesAsNull(Framing framing) throws Exception {
    sameOnBoth(
        framing,
        (said, room) -> {
          said.alice().registerAndHear(room);
          said.bob().send(Frames.publish(room, null));
          said.aliceHears();
          said.bob().sendText("{\"type\":\"publish\",\"address\":\"" + room + "\"}");
          said.aliceHears();
        });
  }

  @ParameterizedTest
  @EnumSource(Framing.class)
  void headersArriveAsText(Framing framing) throws Exception {
    JsonObject headers = new JsonObject().put("a", "1").put("b", 2).put("c", true);
    sameOnBoth(
        framing,
        (said, room) -> {
          said.alice().registerAndHear(room);
          said.bob().send(Frames.publish(room, "x").put("headers", headers));
          said.aliceHears();
        });
  }

  @ParameterizedTest
  @EnumSource(Framing.class)
  void repliesGoBackAndForthWithTheirHeaders(Framing framing) throws Exception {
    JsonObject headers = new JsonObject().put("h", "v");
    sameOnBoth(
        framing,
        (said, room) -> {
          said.alice().registerAndHear(room);
          said.bob().send(Frames.request(room, "how are you?", "reply-1"));
          String first = said.aliceHears().getString("replyAddress");
          said.alice().send(Frames.request(first, "well; you?", "reply-2").put("headers", headers));
          String second = said.bobHears().getString("replyAddress");
          said.bob().send(Frames.send(second, new JsonObject().put("well", true)));
          said.aliceHears();
        });
  }

  @ParameterizedTest
  @EnumSource(Framing.class)
  void aReplyIsTakenOnce(Framing framing) throws Exception {
    sameOnBoth(
        framing,
        (said, room) -> {
          said.alice().registerAndHear(room);
          said.bob().send(Frames.request(room, "how are you?", "reply-1"));
          String reply = said.aliceHears().getString("replyAddress");
          said.alice().send(Frames.send(reply, "well"));
          said.bobHears();
          said.alice().send(Frames.send(reply, "very well"));
          said.aliceHears();
        });
  }

  @ParameterizedTest
  @EnumSource(Framing.class)
  void aHandlerInsideTheServerAnswersOrFails(Framing framing) throws Exception {
    sameOnBoth(
        framing,
        (said, room) -> {
          said.alice().send(Frames.request("peer.echo", new JsonObject().put("n", 1), "reply-1"));
          said.aliceHears();
          said.alice().send(Frames.request("peer.fail", new JsonObject(), "reply-2"));
          said.aliceHears();
        });
  }

  @ParameterizedTest
  @EnumSource(Framing.class)
  void aRequestThatNobodyHearsOrAnswersFails(Framing framing) throws Exception {
    sameOnBoth(
        framing,
        (said, room) -> {
          said.bob().send(Frames.request("plain.nobody", "hello?", "reply-1"));
          said.bobHears();
          said.alice().registerAndHear(room);
          said.bob().send(Frames.request(room, "hello?", "reply-2"));
          said.aliceHears();
          said.bobHears();
        });
  }

  @ParameterizedTest
  @EnumSource(Framing.class)
  void afterUnregisterNothingMoreArrives(Framing framing) throws Exception {
    sameOnBoth(
        framing,
        (said, room) -> {
          said.alice().registerAndHear(room).registerAndHear(room + ".other");
          said.alice().send(Frames.unregister(room));
          said.alice().send(Frames.unregister(room));
          said.alice().send(Frames.publish(room, "lost"));
          assertThat(said.alice().restUntilEchoAt(room + ".other")).isEmpty();
        });
  }

  @ParameterizedTest
  @EnumSource(Framing.class)
  void pingsGetNoAnswer(Framing framing) throws Exception {
    sameOnBoth(
        framing,
        (said, room) -> {
          said.alice().registerAndHear(room).send(Frames.ping()).send(Frames.ping());
          assertThat(said.alice().restUntilEchoAt(room)).isEmpty();
        });
  }

  @ParameterizedTest
  @EnumSource(Framing.class)
  void whatCannotBeUnderstoodIsAnsweredWithTheSameWords(Framing framing) throws Exception {
    sameOnBoth(
        framing,
        (said, room) ->
            said.aliceSaysAndHears(
                List.of(
                    "no json",
                    "[]",
                    "{\"address\":\"plain.room\"}",
                    "{\"type\":\"publish\",\"body\":1}",
                    "{\"type\":\"register\"}",
                    "{\"type\":\"dance\"}",
                    "{\"type\":\"dance\",\"address\":\"plain.room\"}")));
  }

  @ParameterizedTest
  @EnumSource(Framing.class)
  void whatIsNotPermittedIsAnsweredWithTheSameWords(Framing framing) throws Exception {
    sameOnBoth(
        framing,
        (said, room) ->
            said.aliceSaysAndHears(
                List.of(
                    Frames.register("closed.room").encode(),
                    Frames.unregister("closed.room").encode(),
                    Frames.send("closed.room", 1).encode(),
                    Frames.publish("closed.room", 1).encode(),
                    Frames.send("guarded.room", 1).encode(),
                    Frames.publish("guarded.room", 1).encode())));
  }

  @ParameterizedTest
  @EnumSource(Framing.class)
  void limitsAreAnsweredWithTheSameWords(Framing framing) throws Exception {
    sameOnBoth(
        framing,
        (said, room) -> {
          String tooLong = "plain." + "x".repeat(195);
          said.alice().registerAndHear(room);
          said.aliceSaysAndHears(
              List.of(
                  Frames.register(room).encode(),
                  Frames.register(tooLong).encode(),
                  Frames.request(room, 1, "r".repeat(37)).encode()));
        });
  }

  @ParameterizedTest
  @EnumSource(Framing.class)
  void oneRegistrationTooManyIsRefusedAndTheOthersGoOn(Framing framing) throws Exception {
    sameOnBoth(
        framing,
        (said, room) -> {
          for (int i = 0; i < HANDLERS; i++) {
            said.alice().registerAndHear(room + "." + i);
          }
          said.alice().register(room + ".more");
          said.aliceHears();
          assertThat(said.alice().restUntilEchoAt(room + ".0")).isEmpty();
        });
  }

  /** The first difference: without an address the stock client's callback never fires. */
  @Test
  void aRefusedRequestKeepsTheStockWordAndTellsItsCallback() throws Exception {
    JsonObject refused = Frames.request("closed.room", 1, "reply-1");

    JsonObject fromStock = answerTo(stock.port(), refused);
    JsonObject fromOurs = answerTo(ours.port(), refused);

    assertThat(fromStock)
        .isEqualTo(new JsonObject().put("type", "err").put("body", "access_denied"));
    assertThat(fromOurs.getString("address")).isEqualTo("reply-1");
    assertThat(fromOurs.getInteger("failureCode")).isEqualTo(4103);
    assertThat(fromOurs.getString("failureType")).isEqualTo("PERMISSION_DENIED");
    assertThat(fromOurs.getString("message")).isNotBlank();
    List.of("address", "failureCode", "failureType", "message").forEach(fromOurs::remove);
    assertThat(fromOurs).isEqualTo(fromStock);
  }

  private static JsonObject answerTo(int port, JsonObject frame) throws IOException {
    try (BridgeSocket socket = BridgeSocket.raw(port)) {
      return socket.send(frame).next();
    }
  }

  /** The second difference: text frames, which every WebSocket client shows as text. */
  @Test
  void rawFramesAreTextWhereTheStockOnesAreBinary() throws Exception {
    try (BridgeSocket fromStock = BridgeSocket.raw(stock.port());
        BridgeSocket fromOurs = BridgeSocket.raw(ours.port())) {
      fromStock.registerAndHear("plain.room");
      fromOurs.registerAndHear("plain.room");

      assertThat(fromStock.lastOpcode()).isEqualTo(WireSocket.BINARY);
      assertThat(fromOurs.lastOpcode()).isEqualTo(WireSocket.TEXT);
    }
  }

  /** What is said to a bridge. */
  private interface Script {
    void play(Conversation said, String room) throws IOException;
  }

  private static void sameOnBoth(Framing framing, Script script) throws IOException {
    // A room of its own: a registration of an earlier client may linger in another.
    String room = "plain.room-" + ROOMS.incrementAndGet();
    List<String> fromStock = played(stock.port(), framing, script, room);
    List<String> fromOurs = played(ours.port(), framing, script, room);
    assertThat(fromOurs).isEqualTo(fromStock);
  }

  private static List<String> played(int port, Framing framing, Script script, String room)
      throws IOException {
    try (Conversation said = Conversation.begin(port, framing)) {
      script.play(said, room);
      return said.heard();
    }
  }
}
