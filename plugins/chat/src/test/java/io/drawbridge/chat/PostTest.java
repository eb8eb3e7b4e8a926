package io.drawbridge.chat;

import static io.drawbridge.chat.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostTest {

  private Vertx vertx;
  private FakePersistence persistence;
  private Chat chat;

  @BeforeEach
  void open() {
    vertx = Vertx.vertx();
    persistence = new FakePersistence(vertx);
    chat = Chat.open(vertx);
  }

  @AfterEach
  void close() {
    await(vertx.close());
  }

  @Test
  void answersWhatItPublishes() throws InterruptedException {
    BlockingQueue<JsonObject> heard = hear("chat.room.general");

    var answer = await(chat.post("general", "Good morning"));

    assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo(answer);
    assertThat(answer.getString("from")).isEqualTo("alice");
    assertThat(answer.getString("text")).isEqualTo("Good morning");
    assertThat(answer.getBoolean("stored")).isTrue();
  }

  @Test
  void showsInTheHistoryWhatWasAnswered() {
    var first = await(chat.post("general", "one"));
    var second = await(chat.post("general", "two"));

    var history = await(chat.history(new JsonObject().put("room", "general")));

    assertThat(history.getJsonArray("messages")).containsExactly(second, first);
    assertThat(history.getBoolean("more")).isFalse();
  }

  @Test
  void goesOnWithoutAHistory() {
    persistence.close();

    var answer = await(chat.post("general", "anybody?"));

    assertThat(answer.getBoolean("stored")).isFalse();
  }

  @Test
  void listsARoomOnceWithItsLastMessage() {
    await(chat.post("general", "one"));
    var last = await(chat.post("general", "two"));

    var rooms = await(chat.rooms()).getJsonArray("rooms");

    assertThat(rooms).hasSize(1);
    assertThat(rooms.getJsonObject(0).getString("room")).isEqualTo("general");
    assertThat(rooms.getJsonObject(0).getJsonObject("last").getString("id"))
        .isEqualTo(last.getString("id"));
  }

  private BlockingQueue<JsonObject> hear(String address) {
    BlockingQueue<JsonObject> heard = new LinkedBlockingQueue<>();
    var consumer = vertx.eventBus().<JsonObject>consumer(address, m -> heard.add(m.body()));
    await(consumer.completion());
    return heard;
  }
}
