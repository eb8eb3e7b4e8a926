package io.drawbridge.testkit;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One raw WebSocket of the bridge: JSON objects in and out, in order. */
final class FrameSocket implements WebSocket.Listener {

  private static final Duration CONNECT = Duration.ofSeconds(20);
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final Consumer<JsonObject> frames;
  private final Consumer<String> closed;
  private final StringBuilder text = new StringBuilder();
  private @Nullable WebSocket socket;
  private CompletableFuture<?> sent = CompletableFuture.completedFuture(null);

  private FrameSocket(Consumer<JsonObject> frames, Consumer<String> closed) {
    this.frames = frames;
    this.closed = closed;
  }

  /**
   * Connects, or throws what the server answered instead.
   *
   * @param token empty for a browser that has not signed in
   * @param frames is handed each frame; runs on a thread of the HTTP client
   * @param closed is told once why nothing more comes
   */
  static FrameSocket open(
      String url, String token, Consumer<JsonObject> frames, Consumer<String> closed) {
    FrameSocket opened = new FrameSocket(frames, closed);
    WebSocket.Builder handshake = CLIENT.newWebSocketBuilder().connectTimeout(CONNECT);
    if (!token.isEmpty()) {
      handshake.header("Authorization", "Bearer " + token);
    }
    URI uri = URI.create(url.replaceFirst("^http", "ws") + "/eventbus/websocket");
    try {
      opened.opened(handshake.buildAsync(uri, opened).join());
      return opened;
    } catch (CompletionException e) {
      throw new AssertionError("no WebSocket at " + uri + ": " + e.getCause(), e.getCause());
    }
  }

  private synchronized void opened(WebSocket open) {
    socket = open;
  }

  /** The client takes one frame at a time; the others wait here. */
  synchronized void send(JsonObject frame) {
    String line = frame.encode();
    WebSocket open = socket;
    if (open != null) {
      sent = sent.handle((any, failure) -> open).thenCompose(to -> to.sendText(line, true));
    }
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
    text.append(part);
    if (last) {
      String frame = text.toString();
      text.setLength(0);
      frames.accept(new JsonObject(frame));
    }
    from.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    closed.accept("the server closed the socket with " + code + " " + reason);
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    closed.accept("the socket broke: " + error);
  }

  synchronized void close() {
    if (socket != null) {
      socket.abort();
    }
    closed.accept("the browser was closed");
  }
}
