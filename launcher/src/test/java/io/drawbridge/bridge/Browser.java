package io.drawbridge.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.bridge.transport.SocketListener;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.TimeUnit;

/** The browser's end of a {@link RecordingSocket}: says frames and waits for answers. */
final class Browser {

  private static final long PATIENCE_SECONDS = 10;

  private final Context context;
  private final RecordingSocket socket;
  private final SocketListener listener;

  Browser(Context context, RecordingSocket socket, SocketListener listener) {
    this.context = context;
    this.socket = socket;
    this.listener = listener;
  }

  RecordingSocket socket() {
    return socket;
  }

  /** Says one frame; single quotes stand for double ones. */
  Browser say(String json) {
    return sayRaw(json.replace('\'', '"'));
  }

  Browser sayRaw(String text) {
    return run(() -> listener.received(Buffer.buffer(text)));
  }

  /** Says several frames within one turn of the event loop. */
  Browser sayTogether(String... frames) {
    return run(
        () -> {
          for (String frame : frames) {
            listener.received(Buffer.buffer(frame.replace('\'', '"')));
          }
        });
  }

  /** Says hello and takes the welcome. */
  Browser hello() {
    say("{'type':'ping','ext':{'v':1}}");
    expectEvent("eb.welcome");
    return this;
  }

  /** Registers and waits until it is live; needs a hello. */
  Browser registered(String address) {
    say("{'type':'register','address':'" + address + "','id':999}");
    JsonObject ok = expectEvent("eb.ok");
    assertThat(ok.getString("address")).isEqualTo(address);
    return this;
  }

  void hangUp() {
    run(listener::closed);
  }

  /** The socket takes writes again. */
  void drain() {
    socket.blocked = false;
    run(listener::writable);
  }

  JsonObject next() {
    return new JsonObject(nextText());
  }

  String nextText() {
    try {
      String text = socket.written.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertThat(text).as("a frame within %s s", PATIENCE_SECONDS).isNotNull();
      return text;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  Browser expect(String json) {
    assertThat(next()).isEqualTo(new JsonObject(json.replace('\'', '"')));
    return this;
  }

  JsonObject expectEvent(String name) {
    JsonObject frame = next();
    assertThat(frame.getString("event")).as("%s", frame).isEqualTo(name);
    return frame.getJsonObject("message");
  }

  /** Nothing was written: proved by a ping's pong being the next frame; needs a hello. */
  void expectNothing() {
    say("{'type':'ping'}");
    expect("{'type':'pong'}");
  }

  int closeCode() {
    try {
      return socket.closed.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("the socket was not closed", e);
    }
  }

  boolean isOpen() {
    return !socket.closed.isDone();
  }

  private Browser run(Runnable action) {
    TestBridge.on(
        context,
        () -> {
          action.run();
          return true;
        });
    return this;
  }
}
