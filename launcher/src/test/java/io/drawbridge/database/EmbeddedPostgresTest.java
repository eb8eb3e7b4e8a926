package io.drawbridge.database;

import static io.drawbridge.database.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class EmbeddedPostgresTest {

  @TempDir Path data;

  @Test
  void runsAsAnotherUserWhereRootHasNoNamespaceOfItsOwn() throws IOException {
    assumeTrue(System.getProperty("user.name").equals("root"), "only root can become another");
    Path folder = data.resolve("postgres");
    var postgres =
        new EmbeddedPostgres(folder, 2, Duration.ofSeconds(60), () -> Unprivileged.as("nobody"));
    try {
      assertThat(answer(postgres.start())).isEqualTo(42);

      assertThat(Files.getOwner(folder.resolve("cluster")).getName()).isEqualTo("nobody");
    } finally {
      postgres.stop();
    }
  }

  @Test
  void reachesItsSocketFromADataFolderWithALongName() {
    Path folder = data.resolve("a".repeat(120)).resolve("postgres");
    var postgres = new EmbeddedPostgres(folder, 2, Duration.ofSeconds(60));
    PgConnectOptions options = postgres.start();
    Path sockets = Path.of(options.getHost());
    try {
      assertThat(answer(options)).isEqualTo(42);
    } finally {
      postgres.stop();
    }
    assertThat(sockets).doesNotExist();
  }

  @Test
  void namesTheVersionThatAClustersFilesNeed() throws IOException {
    Path cluster = Files.createDirectories(data.resolve("postgres/cluster"));
    Files.writeString(cluster.resolve("PG_VERSION"), "9\n");

    assertThatThrownBy(
            () -> new EmbeddedPostgres(data.resolve("postgres"), 2, Duration.ofSeconds(60)).start())
        .isInstanceOf(DatabaseException.class)
        .hasMessageStartingWith("the data folder was written by PostgreSQL 9, and here are only");
  }

  @Test
  void makesTheClusterAnewThatWasNeverFinished() throws IOException {
    Path draft = Files.createDirectories(data.resolve("postgres/cluster.new"));
    Files.writeString(draft.resolve("PG_VERSION"), "17\n");
    var postgres = new EmbeddedPostgres(data.resolve("postgres"), 2, Duration.ofSeconds(60));
    try {
      assertThat(answer(postgres.start())).isEqualTo(42);
    } finally {
      postgres.stop();
    }
  }

  private static int answer(PgConnectOptions options) {
    Vertx vertx = Vertx.vertx();
    var pool = PgBuilder.pool().connectingTo(options).using(vertx).build();
    try {
      return await(pool.query("SELECT 42").execute()).iterator().next().getInteger(0);
    } finally {
      await(vertx.close());
    }
  }
}
