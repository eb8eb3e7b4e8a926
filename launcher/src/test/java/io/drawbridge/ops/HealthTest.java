package io.drawbridge.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.ops.Health.Phase;
import io.drawbridge.ops.Health.Problem;
import io.vertx.core.Future;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HealthTest {

  private List<Problem> problems = List.of();
  private boolean fromOps = true;
  private final Health health = new Health(() -> Future.succeededFuture(problems), any -> fromOps);
  private OpsServer server;

  @BeforeEach
  void start() {
    server = new OpsServer(List.of(health));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void isLiveBeforeItIsReady() throws Exception {
    assertThat(server.get("/health/live").statusCode()).isEqualTo(200);

    assertThat(server.get("/health/ready").statusCode()).isEqualTo(503);
    assertThat(server.get("/health/ready").body()).isEqualTo("{\"status\":\"starting\"}");
  }

  @Test
  void isReadyOnceItServes() throws Exception {
    health.enter(Phase.SERVING);

    assertThat(server.get("/health/ready").statusCode()).isEqualTo(200);
    assertThat(server.get("/health/ready").body()).isEqualTo("{\"status\":\"ready\"}");
  }

  @Test
  void isNotReadyFromTheMomentItIsAskedToStop() throws Exception {
    health.enter(Phase.SERVING);
    health.enter(Phase.STOPPING);

    assertThat(server.get("/health/ready").statusCode()).isEqualTo(503);
    assertThat(server.get("/health/live").statusCode()).isEqualTo(200);
  }

  @Test
  void namesTheFailedPartAndGoesOnServing() throws Exception {
    health.enter(Phase.SERVING);
    problems = List.of(new Problem("plugin chat", "it has no descriptor"));

    assertThat(server.get("/health/ready").statusCode()).isEqualTo(200);
    assertThat(server.get("/health/ready").body())
        .isEqualTo(
            "{\"status\":\"degraded\",\"problems\":"
                + "[{\"part\":\"plugin chat\",\"reason\":\"it has no descriptor\"}]}");
  }

  @Test
  void keepsTheReasonsFromStrangers() throws Exception {
    health.enter(Phase.SERVING);
    problems = List.of(new Problem("plugin chat", "it has no descriptor"));
    fromOps = false;

    assertThat(server.get("/health/ready").body()).isEqualTo("{\"status\":\"degraded\"}");
  }
}
