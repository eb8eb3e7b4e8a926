package io.drawbridge.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShutdownTest {

  private final List<String> stopped = new ArrayList<>();

  @Test
  void undoesTheStartFromItsEnd() {
    Shutdown shutdown = new Shutdown(Duration.ofSeconds(10));
    shutdown.add("database", () -> note("database"));
    shutdown.add("plugins", () -> note("plugins"));
    shutdown.add("sockets", () -> note("sockets"));

    shutdown.run();

    assertThat(stopped).containsExactly("sockets", "plugins", "database");
  }

  @Test
  void aPartThatFailsOrHangsHoldsUpNoOther() {
    Shutdown shutdown = new Shutdown(Duration.ofMillis(200));
    shutdown.add("database", () -> note("database"));
    shutdown.add("plugins", () -> Promise.promise().future());
    shutdown.add(
        "sockets",
        () -> {
          throw new IllegalStateException("broken");
        });
    long begun = System.nanoTime();

    shutdown.run();

    assertThat(stopped).containsExactly("database");
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void runsNothingTwice() {
    Shutdown shutdown = new Shutdown(Duration.ofSeconds(10));
    shutdown.add("database", () -> note("database"));

    shutdown.run();
    shutdown.run();

    assertThat(stopped).containsExactly("database");
  }

  private Future<?> note(String step) {
    stopped.add(step);
    return Future.succeededFuture();
  }
}
