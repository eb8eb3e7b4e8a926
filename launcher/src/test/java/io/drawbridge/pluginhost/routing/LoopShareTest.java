package io.drawbridge.pluginhost.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two plugins on one event loop. */
class LoopShareTest {

  private static final long SLICE = TimeUnit.MICROSECONDS.toNanos(500);
  private static final int MANY = 500;

  private final Vertx vertx = Vertx.vertx();
  private final Context loop = vertx.getOrCreateContext();
  private final LoopShare busy = new LoopShare(loop, SLICE);
  private final LoopShare quiet = new LoopShare(loop, SLICE);

  @AfterEach
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  @Test
  void theOneWithFewCallsWaitsForNoMoreThanASliceOfTheOther() throws Exception {
    var done = new ArrayList<Integer>();
    var seen = new CompletableFuture<Integer>();
    loop.runOnContext(
        nothing -> {
          IntStream.range(0, MANY).forEach(i -> busy.take(() -> spin(done, i)));
          quiet.take(() -> seen.complete(done.size()));
        });

    assertThat(seen.get(20, TimeUnit.SECONDS)).isBetween(1, 5);
  }

  @Test
  void turnsComeInTheOrderInWhichTheyWereAskedFor() throws Exception {
    var done = new ArrayList<Integer>();
    var last = new CompletableFuture<List<Integer>>();
    IntStream.range(0, MANY).forEach(i -> busy.take(() -> done.add(i)));
    busy.take(() -> last.complete(List.copyOf(done)));

    assertThat(last.get(20, TimeUnit.SECONDS)).isEqualTo(IntStream.range(0, MANY).boxed().toList());
  }

  @Test
  void aTurnThatThrowsStopsNoOther() throws Exception {
    var other = new CompletableFuture<Boolean>();
    loop.exceptionHandler(thrown -> {});
    busy.take(
        () -> {
          throw new IllegalStateException("for this test");
        });
    busy.take(() -> other.complete(true));

    assertThat(other.get(20, TimeUnit.SECONDS)).isTrue();
  }

  /** A handler that takes longer than a slice. */
  private static void spin(List<Integer> done, int number) {
    long begun = System.nanoTime();
    while (System.nanoTime() - begun < SLICE) {
      Thread.onSpinWait();
    }
    done.add(number);
  }
}
