package io.drawbridge.persistence;

import static io.drawbridge.persistence.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReadTest {

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
  void answersAnUnknownStreamWithNothing() {
    var page = await(persistence.read(request()));

    assertThat(page)
        .isEqualTo(new JsonObject().put("messages", new JsonArray()).put("more", false));
  }

  @Test
  void readsForwardsFromTheBeginning() {
    fill(5, "x");

    var page = await(persistence.read(request().put("limit", 3)));

    assertThat(offsets(page)).containsExactly(1L, 2L, 3L);
    assertThat(page.getBoolean("more")).isTrue();
  }

  @Test
  void readsForwardsAfterAnOffset() {
    fill(5, "x");

    var page = await(persistence.read(request().put("after", 3).put("limit", 2)));

    assertThat(offsets(page)).containsExactly(4L, 5L);
    assertThat(page.getBoolean("more")).isFalse();
  }

  @Test
  void readsBackwardsFromTheNewest() {
    fill(5, "x");

    var page =
        await(persistence.read(request().put("before", 9_007_199_254_740_991L).put("limit", 2)));

    assertThat(offsets(page)).containsExactly(5L, 4L);
    assertThat(page.getBoolean("more")).isTrue();
  }

  @Test
  void readsBackwardsToTheFirst() {
    fill(3, "x");

    var page = await(persistence.read(request().put("before", 3).put("limit", 2)));

    assertThat(offsets(page)).containsExactly(2L, 1L);
    assertThat(page.getBoolean("more")).isFalse();
  }

  @Test
  void cutsAnAnswerAt256KiBInBothDirections() {
    fill(10, "y".repeat(60_000));

    for (var request :
        List.of(request().put("limit", 500), request().put("before", 11).put("limit", 500))) {
      var page = await(persistence.read(request));

      assertThat(page.toBuffer().length()).isBetween(200_000, 262_144);
      assertThat(page.getJsonArray("messages")).hasSize(4);
      assertThat(page.getBoolean("more")).isTrue();
    }
  }

  @Test
  void neverCutsTheFirstMessage() {
    try (var generous = Persistence.open(new JsonObject().put("bodyBytes", 196_608))) {
      await(generous.append(stream, "\u0001".repeat(32_000)));

      var page = await(generous.read(request()));

      assertThat(page.getJsonArray("messages")).hasSize(1);
      assertThat(page.toBuffer().length()).isLessThan(262_144);
    }
  }

  @Test
  void goesThroughAStreamPageByPageWithoutLosingAny() {
    fill(1_203, "z");
    List<Long> seen = new ArrayList<>();
    JsonObject page;
    do {
      long after = seen.isEmpty() ? 0 : seen.get(seen.size() - 1);
      page = await(persistence.read(request().put("after", after).put("limit", 500)));
      seen.addAll(offsets(page));
    } while (page.getBoolean("more"));

    assertThat(seen).hasSize(1_203).isSorted().doesNotHaveDuplicates();
  }

  private JsonObject request() {
    return new JsonObject().put("stream", stream);
  }

  private void fill(int messages, String body) {
    List<Future<JsonObject>> appended = new ArrayList<>();
    for (int i = 0; i < messages; i++) {
      appended.add(persistence.append(stream, body));
    }
    await(Future.all(appended));
  }

  private static List<Long> offsets(JsonObject page) {
    return page.getJsonArray("messages").stream()
        .map(message -> ((JsonObject) message).getLong("offset"))
        .toList();
  }
}
