package io.drawbridge.persistence;

import static io.drawbridge.persistence.Await.await;
import static io.drawbridge.persistence.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"text\":\"é 😀\",\"deep\":{\"list\":[1,2.5,null,true]}}",
        "[1,\"two\",{}]",
        "\"a string\"",
        "17",
        "false",
        "null",
        "123456789012345678901234567890"
      })
  void keepsAnyJsonValueAsItIs(String json) {
    Object body = new JsonObject("{\"body\":" + json + "}").getValue("body");
    await(persistence.append(stream, body));

    var message = persistence.all(stream).get(0);

    assertThat(message.getValue("body")).isEqualTo(body);
    assertThat(message.containsKey("key")).isFalse();
  }

  @Test
  void givesTheFirstAnswerAgainForAKnownKey() {
    var first = await(persistence.append(stream, "k", new JsonObject().put("a", 1).put("b", 2)));
    var again = await(persistence.append(stream, "k", new JsonObject().put("b", 2).put("a", 1)));

    assertThat(again).isEqualTo(first);
    assertThat(persistence.all(stream)).hasSize(1);
    assertThat(persistence.all(stream).get(0).getString("key")).isEqualTo("k");
  }

  @Test
  void givesTheFirstAnswerToAllThatAskWhileItIsUnderWay() {
    List<Future<JsonObject>> asked = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      asked.add(persistence.append(stream, "k", new JsonObject().put("a", 1)));
    }

    var answers = asked.stream().map(Await::await).toList();

    assertThat(answers).containsOnly(answers.get(0));
    assertThat(persistence.all(stream)).hasSize(1);
  }

  @Test
  void refusesAnotherBodyUnderAKnownKey() {
    await(persistence.append(stream, "k", new JsonObject().put("a", 1)));

    assertRefused(
        persistence.append(stream, "k", new JsonObject().put("a", 2)),
        409,
        "the key k is known in this stream, with another body");
  }

  @Test
  void refusesAnotherBodyUnderAKeyThatIsUnderWay() {
    var first = persistence.append(stream, "k", new JsonObject().put("a", 1));
    var second = persistence.append(stream, "k", new JsonObject().put("a", 2));

    assertRefused(second, 409, "the key k is known in this stream, with another body");
    assertThat(await(first).getLong("offset")).isEqualTo(1);
  }

  @Test
  void takesTheSameKeyInAnotherStream() {
    await(persistence.append(stream, "k", 1));

    var elsewhere = await(persistence.append(stream + "-2", "k", 2));

    assertThat(elsewhere.getLong("offset")).isEqualTo(1);
  }

  @Test
  void leavesNoGapWhereAKeyWasKnown() {
    await(persistence.append(stream, "a", 1));
    var known = persistence.append(stream, "a", 1);
    var fresh = persistence.append(stream, "b", 2);

    assertThat(await(known).getLong("offset")).isEqualTo(1);
    assertThat(await(fresh).getLong("offset")).isEqualTo(2);
  }

  @Test
  void refusesWhatPostgresCannotKeepAndKeepsItsNeighbours() {
    var before = persistence.append(stream, "one");
    var bad = persistence.append(stream, new JsonObject().put("a", "x\u0000y"));
    var badName = persistence.append(stream, new JsonObject().put("\u0000", 1));
    var half = persistence.append(stream, "half \ud83d of a pair");
    var after = persistence.append(stream, "a backslash: \\u0000 is text");

    assertRefused(bad, 400, "body holds the character U+0000, which can't be kept");
    assertRefused(badName, 400, "body holds the character U+0000, which can't be kept");
    assertRefused(half, 400, "body holds half of a surrogate pair, which is no character");
    assertThat(await(before).getLong("offset")).isEqualTo(1);
    assertThat(await(after).getLong("offset")).isEqualTo(2);
    assertThat(persistence.all(stream).get(1).getString("body"))
        .isEqualTo("a backslash: \\u0000 is text");
  }

  @Test
  void refusesABodyThatIsTooLong() {
    assertRefused(
        persistence.append(stream, "x".repeat(65_535)),
        413,
        "body has 65537 bytes, and 65536 are allowed");
    assertThat(await(persistence.append(stream, "x".repeat(65_534))).getLong("offset"))
        .isEqualTo(1);
  }
}
