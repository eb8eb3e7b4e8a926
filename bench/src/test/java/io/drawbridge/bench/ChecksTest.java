package io.drawbridge.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A benchmark that can't fail proves nothing: what its checks notice, against a server by hand. */
class ChecksTest {

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void end() throws Exception {
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  @Test
  void countsEachDelivery() throws Exception {
    int port = serverThatTells(List::of);
    try (FanOut load = new FanOut(port, ownFigures(), 1, 4, 100)) {
      Rate rate = load.measure(Duration.ofMillis(200));

      assertThat(rate.perSecond()).isPositive();
      assertThat(rate.p99Millis()).isGreaterThanOrEqualTo(rate.p50Millis());
    }
  }

  @Test
  void noticesALostMessage() throws Exception {
    int port = serverThatTells(frame -> frame.contains("#00000020") ? List.of() : List.of(frame));
    assertThatThrownBy(() -> load(port))
        .isInstanceOf(BenchException.class)
        .hasMessage("message 20 was due, but came 21");
  }

  @Test
  void noticesADoubledMessage() throws Exception {
    int port = serverThatTells(frame -> List.of(frame, frame));
    assertThatThrownBy(() -> load(port))
        .isInstanceOf(BenchException.class)
        .hasMessage("message 1 was due, but came 0");
  }

  @Test
  void noticesAFrameThatIsNotLikeTheOthers() throws Exception {
    int port =
        serverThatTells(
            frame -> List.of(frame.contains("#00000020") ? frame.replace("xx", "x") : frame));
    assertThatThrownBy(() -> load(port))
        .isInstanceOf(BenchException.class)
        .hasMessageStartingWith("a frame that is not like the first");
  }

  private void load(int port) throws Exception {
    try (FanOut load = new FanOut(port, ownFigures(), 1, 4, 100)) {
      load.measure(Duration.ofMillis(500));
    }
  }

  private static ProcessFigures ownFigures() {
    return new ProcessFigures(ProcessHandle.current().pid());
  }

  /** What a server makes of one message for its one subscriber. */
  private interface Telling {
    List<String> of(String frame);
  }

  /** The first client to register hears what the others publish, as the function wants it. */
  private int serverThatTells(Telling telling) throws Exception {
    AtomicReference<ServerWebSocket> subscriber = new AtomicReference<>();
    HttpServer server =
        vertx
            .createHttpServer()
            .webSocketHandler(
                socket ->
                    socket.textMessageHandler(
                        text -> {
                          JsonObject frame = new JsonObject(text);
                          switch (frame.getString("type")) {
                            case "register" -> subscriber.set(socket);
                            case "publish" ->
                                telling
                                    .of(frame.put("type", "rec").encode())
                                    .forEach(subscriber.get()::writeTextMessage);
                            default -> {}
                          }
                        }))
            .listen(0, "127.0.0.1")
            .await(10, TimeUnit.SECONDS);
    return server.actualPort();
  }
}
