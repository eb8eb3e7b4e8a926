package io.drawbridge.persistence;

import static io.drawbridge.persistence.Await.await;
import static io.drawbridge.persistence.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class BatchTest {

  private final String stream = UUID.randomUUID().toString();

  @Test
  void numbersFiftyStreamsAtOnceWithoutGapsFromTwoWriters() {
    try (var one = Persistence.open();
        var other = Persistence.open()) {
      List<Future<JsonObject>> appended = new ArrayList<>();
      for (int n = 0; n < 40; n++) {
        for (int s = 0; s < 50; s++) {
          appended.add((n % 2 == 0 ? one : other).append(stream + s, n));
          // In the other order, too: writers that lock as they please would wait for each other.
          appended.add((n % 2 == 0 ? other : one).append(stream + (49 - s), n));
        }
      }
      await(Future.all(appended));

      for (int s = 0; s < 50; s++) {
        assertThat(one.all(stream + s).stream().map(m -> m.getLong("offset")))
            .containsExactlyElementsOf(LongStream.rangeClosed(1, 80).boxed().toList());
      }
    }
  }

  @Test
  void keepsTheOrderOfArrival() {
    try (var persistence = Persistence.open(new JsonObject().put("batchRows", 7))) {
      var appended = IntStream.range(0, 300).mapToObj(n -> persistence.append(stream, n)).toList();
      await(Future.all(appended));

      assertThat(persistence.all(stream).stream().map(m -> m.getInteger("body")))
          .containsExactlyElementsOf(IntStream.range(0, 300).boxed().toList());
    }
  }

  @Test
  void writesWhatHasGatheredInOneTransaction() {
    try (var persistence = Persistence.open()) {
      var appended = IntStream.range(0, 400).mapToObj(n -> persistence.append(stream, n)).toList();
      await(Future.all(appended));

      assertThat(transactions()).isLessThan(100);
    }
  }

  @Test
  void givesOneResultForAKeyThatTwoWritersHaveUnderWay() {
    try (var one = Persistence.open();
        var other = Persistence.open()) {
      var first = one.append(stream, "k", "same");
      var second = other.append(stream, "k", "same");

      assertThat(await(first)).isEqualTo(await(second));
      assertThat(one.all(stream)).hasSize(1);
    }
  }

  @Test
  void refusesWhatTheQueueHasNoRoomFor() {
    try (var persistence = Persistence.open(new JsonObject().put("queueRows", 3))) {
      var appended = IntStream.range(0, 4).mapToObj(n -> persistence.append(stream, n)).toList();

      assertRefused(appended.get(3), 503, "3 messages wait to be written: try again soon");
      await(Future.all(appended.subList(0, 3)));
      assertThat(await(persistence.append(stream, "room again")).getLong("offset")).isEqualTo(4);
    }
  }

  @Test
  void refusesMoreBytesThanTheQueueHolds() {
    try (var persistence = Persistence.open(new JsonObject().put("queueBytes", 100_000))) {
      var fits = persistence.append(stream, "x".repeat(60_000));
      var tooMuch = persistence.append(stream, "x".repeat(60_000));

      assertRefused(tooMuch, 503, "1 messages wait to be written: try again soon");
      await(fits);
    }
  }

  @Test
  void writesTheNeighboursOfARowThatTheDatabaseRefuses() {
    await(TestDatabase.pool().query(REFUSE_WHAT_SAYS_POISON).execute());
    try (var persistence = Persistence.open()) {
      var appended =
          IntStream.range(0, 9)
              .mapToObj(n -> persistence.append(stream, n == 4 ? "poison" : "good"))
              .toList();

      await(Future.join(appended).otherwiseEmpty());

      assertThat(appended.get(4).failed()).isTrue();
      assertThat(persistence.all(stream)).hasSize(8);
    } finally {
      await(TestDatabase.pool().query("DROP TRIGGER poison ON persistence.message").execute());
    }
  }

  private static final String REFUSE_WHAT_SAYS_POISON =
      """
      CREATE OR REPLACE FUNCTION persistence.poison() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF NEW.body = '"poison"' THEN RAISE EXCEPTION 'poison' USING ERRCODE = '22000'; END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER poison BEFORE INSERT ON persistence.message
        FOR EACH ROW EXECUTE FUNCTION persistence.poison();
      """;

  private long transactions() {
    return await(
            TestDatabase.pool()
                .preparedQuery(
                    "SELECT count(DISTINCT message.xmin::text) FROM persistence.message"
                        + " JOIN persistence.stream ON stream.id = stream WHERE name = $1")
                .execute(Tuple.of(stream)))
        .iterator()
        .next()
        .getLong(0);
  }
}
