package io.drawbridge.database;

import static io.drawbridge.database.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.config.DatabaseConfig;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class KilledServerTest {

  @TempDir Path data;

  @Test
  void takesOverWhatAKilledServerLeftRunning() throws Exception {
    Process server = serverThatHasKept();
    // What nobody waits for stays listed as a zombie, but works nowhere: its link leads to nothing.
    Path workplace = Path.of("/proc", Long.toString(postmaster()), "cwd");
    server.destroyForcibly().waitFor();
    assertThat(Files.exists(workplace)).isTrue();

    assertThat(answerKept()).isEqualTo(42);

    assertThat(Files.exists(workplace)).isFalse();
  }

  @Test
  void recoversFromTheDeathOfBothAndLeavesAStrangerAloneThatHasTheNumberNow() throws Exception {
    Process server = serverThatHasKept();
    long postgres = postmaster();
    server.destroyForcibly().waitFor();
    ProcessHandle.of(postgres).orElseThrow().destroyForcibly();
    Process stranger = new ProcessBuilder("sleep", "300").start();
    try {
      Path note = data.resolve("postgres/cluster/postmaster.pid");
      var lines = Files.readAllLines(note);
      lines.set(0, Long.toString(stranger.pid()));
      Files.write(note, lines);

      assertThat(answerKept()).isEqualTo(42);

      assertThat(stranger.isAlive()).isTrue();
    } finally {
      stranger.destroyForcibly();
    }
  }

  private Process serverThatHasKept() throws IOException {
    String java = ProcessHandle.current().info().command().orElseThrow();
    Process server =
        new ProcessBuilder(
                java,
                "-cp",
                System.getProperty("java.class.path"),
                ServerToKill.class.getName(),
                data.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    var lines =
        new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8));
    String line = lines.readLine();
    while (line != null && !line.equals("kept")) {
      line = lines.readLine();
    }
    assertThat(line).isEqualTo("kept");
    return server;
  }

  private long postmaster() throws IOException {
    Path note = data.resolve("postgres/cluster/postmaster.pid");
    return Long.parseLong(Files.readAllLines(note).get(0).strip());
  }

  private int answerKept() {
    Vertx vertx = Vertx.vertx();
    var database = new SharedDatabase(vertx, new DatabaseConfig(null, 2, 10, 5_000, 60, 30), data);
    try {
      var rows = await(await(database.pool()).query("SELECT answer FROM kept").execute());
      return rows.iterator().next().getInteger(0);
    } finally {
      await(database.close());
      await(vertx.close());
    }
  }
}
