package io.drawbridge.persistence;

import static io.drawbridge.persistence.Refusals.assertRefused;

import io.drawbridge.config.DatabaseConfig;
import io.drawbridge.database.SharedDatabase;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AwayTest {

  @TempDir Path data;

  @Test
  void startsWithoutItsDatabaseAndTellsCallersSo() throws IOException {
    String uri = "postgresql://nobody:secret@127.0.0.1:" + closedPort() + "/none";
    var config = new DatabaseConfig(uri, 2, 10, 1_000, 60, 30);
    var database = new SharedDatabase(TestDatabase.vertx(), config, data);
    try (var persistence =
        Persistence.open(
            new JsonObject().put("patienceMillis", 300), Await.await(database.pool()))) {

      assertRefused(persistence.append("s", 1), 503, "the database is away: try again soon");
      assertRefused(
          persistence.read(new JsonObject().put("stream", "s")),
          503,
          "the database is away: try again soon");
    } finally {
      Await.await(database.close());
    }
  }

  private static int closedPort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
