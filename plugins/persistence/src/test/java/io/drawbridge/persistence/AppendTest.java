package io.drawbridge.persistence;

import static io.drawbridge.persistence.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AppendTest {

  private final String stream = UUID.randomUUID().toString();
  private Persistence persistence;

  @BeforeEach
  void open() {
    persistence = Persistence.open();
  }

  @AfterEach
  void close() {
    persistence.close();
  }

  @Test
  void numbersAStreamFromOne() {
    var first = await(persistence.append(stream, new JsonObject().put("n", 1)));
    var second = await(persistence.append(stream, new JsonObject().put("n", 2)));

    assertThat(first.getLong("offset")).isEqualTo(1);
    assertThat(second.getLong("offset")).isEqualTo(2);
    assertThat(first.getString("at"))
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
  }

  @Test
  void readsBackWhatWasAppended() {
    await(persistence.append(stream, "k1", new JsonObject().put("text", "é 😀")));

    var page = await(persistence.read(new JsonObject().put("stream", stream)));

    assertThat(page.getBoolean("more")).isFalse();
    assertThat(page.getJsonArray("messages")).hasSize(1);
    var message = page.getJsonArray("messages").getJsonObject(0);
    assertThat(message.getLong("offset")).isEqualTo(1);
    assertThat(message.getString("key")).isEqualTo("k1");
    assertThat(message.getJsonObject("body")).isEqualTo(new JsonObject().put("text", "é 😀"));
  }

  @Test
  void givesTheFirstAnswerAgainForAKnownKey() {
    var first = await(persistence.append(stream, "k", new JsonObject().put("a", 1).put("b", 2)));
    var again = await(persistence.append(stream, "k", new JsonObject().put("b", 2).put("a", 1)));

    assertThat(again).isEqualTo(first);
  }
}
