package io.drawbridge.persistence;

import static io.drawbridge.persistence.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class KillTest {

  private final String stream = UUID.randomUUID().toString();

  @Test
  void keepsOnceAndInOrderWhatWasAnsweredThoughPostgresIsKilled() throws IOException {
    try (var persistence = Persistence.open(new JsonObject().put("patienceMillis", 30_000))) {
      Map<Integer, Future<JsonObject>> asked = new LinkedHashMap<>();
      for (int n = 0; n < 1_500; n++) {
        asked.put(n, persistence.append(stream, n));
        if (n % 10 == 0) {
          await(asked.get(n - n % 10));
        }
        if (n == 500 || n == 1_000) {
          ProcessHandle.of(TestDatabase.pid()).orElseThrow().destroyForcibly();
        }
      }
      await(Future.join(List.copyOf(asked.values())).otherwiseEmpty());

      Map<Long, Integer> kept = new LinkedHashMap<>();
      persistence.all(stream).forEach(m -> kept.put(m.getLong("offset"), m.getInteger("body")));
      asked.forEach(
          (n, answer) -> assertThat(kept).containsEntry(answer.result().getLong("offset"), n));
      assertThat(kept.keySet())
          .containsExactlyElementsOf(LongStream.rangeClosed(1, 1_500).boxed().toList());
      assertThat(new ArrayList<>(kept.values())).isSorted();
    }
  }
}
