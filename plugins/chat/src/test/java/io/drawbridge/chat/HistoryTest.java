package io.drawbridge.chat;

import static io.drawbridge.chat.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HistoryTest {

  private Vertx vertx;
  private FakePersistence persistence;
  private Chat chat;

  @BeforeEach
  void open() {
    vertx = Vertx.vertx();
    persistence = new FakePersistence(vertx);
    chat = Chat.open(vertx, new JsonObject().put("storeTimeoutMillis", 1_000));
  }

  @AfterEach
  void close() {
    await(vertx.close());
  }

  @Test
  void showsWhatWasAnsweredTheNewestFirst() {
    var first = await(chat.post("general", "one"));
    var second = await(chat.post("general", "two"));

    var history = await(chat.history(request()));

    assertThat(history.getJsonArray("messages")).containsExactly(second, first);
    assertThat(history.getBoolean("more")).isFalse();
  }

  @Test
  void goesBackPageByPage() {
    for (int n = 0; n < 7; n++) {
      await(chat.post("general", "n" + n));
    }
    List<String> texts = new ArrayList<>();
    JsonObject request = request().put("limit", 3);
    JsonObject page;
    do {
      page = await(chat.history(request));
      for (Object message : page.getJsonArray("messages")) {
        texts.add(((JsonObject) message).getString("text"));
        request.put("before", ((JsonObject) message).getString("id"));
      }
    } while (page.getBoolean("more"));

    assertThat(texts).containsExactly("n6", "n5", "n4", "n3", "n2", "n1", "n0");
  }

  @Test
  void outlivesThePlugin() {
    var said = await(chat.post("general", "before"));
    chat.close();
    try (var later = Chat.open(vertx)) {
      var more = await(later.post("general", "after"));

      var history = await(later.history(request()));

      assertThat(history.getJsonArray("messages")).containsExactly(more, said);
      assertThat(more.getString("id")).isGreaterThan(said.getString("id"));
    }
  }

  @Test
  void sortsWhatWasNotKeptBetweenWhatWas() {
    var kept = await(chat.post("general", "kept"));
    persistence.close();
    var live = await(chat.post("general", "live"));
    var alsoLive = await(chat.post("general", "also live"));
    persistence = persistence.back();
    var keptAgain = await(chat.post("general", "kept again"));

    assertThat(List.of(id(kept), id(live), id(alsoLive), id(keptAgain))).isSorted();
    assertThat(await(chat.history(request().put("before", id(live)))).getJsonArray("messages"))
        .containsExactly(kept);
  }

  @Test
  void cutsAnAnswerAt256KiB() {
    for (int n = 0; n < 30; n++) {
      await(chat.post("general", "😀".repeat(4_000)));
    }

    var history = await(chat.history(request().put("limit", 200)));

    assertThat(history.toBuffer().length()).isBetween(230_000, 262_144);
    assertThat(history.getBoolean("more")).isTrue();
  }

  @Test
  void answersAnEmptyRoomWithNothing() {
    var history = await(chat.history(request()));

    assertThat(history.getJsonArray("messages")).isEmpty();
    assertThat(history.getBoolean("more")).isFalse();
  }

  @Test
  void listsEachRoomOnceWithItsLastMessage() {
    await(chat.post("general", "one"));
    await(chat.post("random", "x".repeat(300)));
    var last = await(chat.post("general", "two"));

    var answer = await(chat.rooms());

    var rooms = answer.getJsonArray("rooms");
    assertThat(rooms).hasSize(2);
    assertThat(rooms.getJsonObject(0).getString("room")).isEqualTo("general");
    assertThat(rooms.getJsonObject(0).getJsonObject("last").getString("id")).isEqualTo(id(last));
    assertThat(rooms.getJsonObject(1).getJsonObject("last").getString("text")).hasSize(200);
    assertThat(answer.getBoolean("more")).isFalse();
  }

  @Test
  void listsRoomsPageByPage() {
    for (String room : List.of("a", "b", "c")) {
      await(chat.post(room, "hello"));
    }

    var first = await(chat.call("chat.rooms", new JsonObject().put("limit", 2), Chat.ALICE));
    var next = new JsonObject().put("limit", 2).put("after", first.getLong("after"));
    var second = await(chat.call("chat.rooms", next, Chat.ALICE));

    assertThat(first.getBoolean("more")).isTrue();
    assertThat(second.getJsonArray("rooms").getJsonObject(0).getString("room")).isEqualTo("c");
    assertThat(second.getBoolean("more")).isFalse();
  }

  private static JsonObject request() {
    return new JsonObject().put("room", "general");
  }

  private static String id(JsonObject message) {
    return message.getString("id");
  }
}
