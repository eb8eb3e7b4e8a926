package io.drawbridge.bench.swap;

import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** A bridge by hand with the plugin in it, whose answers and deliveries a test may spoil. */
final class FaultyServer implements AutoCloseable {

  private final Vertx vertx = Vertx.vertx();
  private final Set<ServerWebSocket> listeners = new LinkedHashSet<>();

  /** What becomes of each answer to a request. */
  Function<String, List<String>> answer = List::of;

  /** What becomes of each message on its way to a listener. */
  Function<String, List<String>> deliver = List::of;

  /** Whether one-way messages reach their handler. */
  boolean handlesSends = true;

  int open() throws Exception {
    return vertx
        .createHttpServer()
        .webSocketHandler(socket -> socket.textMessageHandler(text -> take(socket, text)))
        .listen(0, "127.0.0.1")
        .await(10, TimeUnit.SECONDS)
        .actualPort();
  }

  private void take(ServerWebSocket socket, String text) {
    JsonObject frame = new JsonObject(text);
    switch (frame.getString("type")) {
      case "register" -> listeners.add(socket);
      case "publish" -> {
        String message = rec(SwapPlugin.NEWS, frame.getJsonObject("body"));
        listeners.forEach(to -> deliver.apply(message).forEach(to::writeTextMessage));
      }
      case "send" -> send(socket, frame);
      default -> {}
    }
  }

  private void send(ServerWebSocket socket, JsonObject frame) {
    JsonObject body = frame.getJsonObject("body");
    String replyAddress = frame.getString("replyAddress");
    switch (frame.getString("address")) {
      case SwapPlugin.ASK -> {
        count(SwapPlugin.ASK, body);
        String reply = rec(replyAddress, body.copy().put("version", "1.0.0"));
        answer.apply(reply).forEach(socket::writeTextMessage);
      }
      case SwapPlugin.TELL -> {
        if (handlesSends) {
          count(SwapPlugin.TELL, body);
        }
      }
      default ->
          socket.writeTextMessage(rec(replyAddress, SwapTally.report(body.getString("prefix"))));
    }
  }

  private static void count(String address, JsonObject body) {
    SwapTally.of(address).call(body.getString("sender"), body.getLong("number"), "1.0.0");
  }

  private static String rec(String address, JsonObject body) {
    return new JsonObject().put("type", "rec").put("address", address).put("body", body).encode();
  }

  @Override
  public void close() throws Exception {
    vertx.close().await(10, TimeUnit.SECONDS);
  }
}
