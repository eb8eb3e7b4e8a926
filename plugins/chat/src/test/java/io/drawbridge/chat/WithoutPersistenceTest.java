package io.drawbridge.chat;

import static io.drawbridge.chat.Await.await;
import static io.drawbridge.chat.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WithoutPersistenceTest {

  private Vertx vertx;

  @BeforeEach
  void open() {
    vertx = Vertx.vertx();
  }

  @AfterEach
  void close() {
    await(vertx.close());
  }

  @Test
  void goesOnWhileNobodyKeepsMessages() {
    try (var chat = Chat.open(vertx)) {
      var answer = await(chat.post("general", "anybody?"));

      assertThat(answer.getBoolean("stored")).isFalse();
      assertThat(answer.getString("text")).isEqualTo("anybody?");
    }
  }

  @Test
  void keepsMessagesAgainAsSoonAsSomebodyIsThere() {
    try (var chat = Chat.open(vertx)) {
      await(chat.post("general", "live only"));
      new FakePersistence(vertx);

      assertThat(await(chat.post("general", "kept")).getBoolean("stored")).isTrue();
    }
  }

  @Test
  void refusesTheHistoryForNow() {
    try (var chat = Chat.open(vertx)) {
      String away = "the history is away for now: try again soon";

      assertRefused(chat.history(new JsonObject().put("room", "general")), 503, away);
      assertRefused(chat.rooms(), 503, away);
    }
  }

  @Test
  void waitsOnceForAStoreThatIsSilentAndThenNotAtAll() {
    var settings = new JsonObject().put("storeTimeoutMillis", 300).put("storePauseMillis", 60_000);
    var persistence = new FakePersistence(vertx);
    try (var chat = Chat.open(vertx, settings)) {
      await(chat.post("general", "kept"));
      persistence.silence(true);
      await(chat.post("general", "waits"));
      int asked = persistence.asked();

      for (int n = 0; n < 50; n++) {
        assertThat(await(chat.post("room-" + n, "doesn't")).getBoolean("stored")).isFalse();
      }

      assertThat(persistence.asked()).isEqualTo(asked);
    }
  }

  @Test
  void triesASilentStoreAgainAfterThePause() {
    var settings = new JsonObject().put("storeTimeoutMillis", 300).put("storePauseMillis", 0);
    var persistence = new FakePersistence(vertx);
    try (var chat = Chat.open(vertx, settings)) {
      persistence.silence(true);
      assertThat(await(chat.post("general", "lost")).getBoolean("stored")).isFalse();
      persistence.silence(false);

      assertThat(await(chat.post("general", "kept")).getBoolean("stored")).isTrue();
    }
  }
}
