package io.drawbridge.chat;

import static io.drawbridge.chat.Await.await;
import static io.drawbridge.chat.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.plugin.Caller;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    assertThat(answer.getString("room")).isEqualTo("general");
    assertThat(answer.getString("text")).isEqualTo("Good morning");
    assertThat(answer.getString("at"))
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
    assertThat(answer.getBoolean("stored")).isTrue();
  }

  @Test
  void namesTheSubjectOfTheTokenWhateverTheBodySays() {
    var body = new JsonObject().put("room", "general").put("text", "hi").put("from", "root");

    var answer = await(chat.call("chat.post", body, Chat.ALICE));

    assertThat(answer.getString("from")).isEqualTo("alice");
  }

  @Test
  void refusesWhoHasNoToken() {
    var body = new JsonObject().put("room", "general").put("text", "hi");
    var anonymous = new Caller("", Set.of(), new JsonObject(), "s-2");

    for (Caller caller : List.of(anonymous, Caller.internal())) {
      assertRefused(chat.call("chat.post", body, caller), 401, "only who is signed in can post");
    }
    assertThat(persistence.asked()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "\n\t ", "\u00a0\u2003", "\u200b\u200b", "\ufeff"})
  void refusesABlankText(String text) {
    assertRefused(chat.post("general", text), 400, "text must not be blank");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\u0000b", "bell\u0007", "\u001b[31mred", "a\rb", "x\u007f", "c1\u0085"})
  void refusesControlCharacters(String text) {
    assertRefused(
        chat.post("general", text),
        400,
        "text must not hold control characters other than newline and tab");
  }

  @Test
  void refusesHalfOfACharacter() {
    assertRefused(
        chat.post("general", "half \ud83d"), 400, "text must not hold half of a surrogate pair");
  }

  @Test
  void takesNewlinesTabsAndAnyLanguage() {
    String text = "first\n\tsecond — שלום 👩‍👩‍👧";

    assertThat(await(chat.post("general", text)).getString("text")).isEqualTo(text);
  }

  @Test
  void publishesInTheOrderInWhichItKeeps() throws InterruptedException {
    BlockingQueue<JsonObject> heard = hear("chat.room.general");
    List<Future<JsonObject>> posted = new ArrayList<>();
    for (int n = 0; n < 100; n++) {
      posted.add(chat.post("general", "n" + n));
    }
    await(Future.all(posted));

    List<String> published = new ArrayList<>();
    while (published.size() < 100) {
      published.add(heard.poll(10, TimeUnit.SECONDS).getString("text"));
    }
    assertThat(published)
        .containsExactlyElementsOf(IntStream.range(0, 100).mapToObj(n -> "n" + n).toList())
        .containsExactlyElementsOf(
            persistence.stream("chat.room.general").stream()
                .map(entry -> entry.getJsonObject("body").getString("text"))
                .toList());
  }

  @Test
  void refusesMoreThanARoomHasPatienceFor() {
    try (var impatient = Chat.open(vertx, new JsonObject().put("roomQueue", 2))) {
      persistence.silence(true);
      var first = impatient.post("general", "1");
      var second = impatient.post("general", "2");

      assertRefused(impatient.post("general", "3"), 503, "the room is too busy: try again soon");
      assertThat(await(impatient.post("elsewhere", "4")).getBoolean("stored")).isFalse();
      await(Future.all(first, second));
    }
  }

  private BlockingQueue<JsonObject> hear(String address) {
    BlockingQueue<JsonObject> heard = new LinkedBlockingQueue<>();
    var consumer = vertx.eventBus().<JsonObject>consumer(address, m -> heard.add(m.body()));
    await(consumer.completion());
    return heard;
  }
}
