package io.drawbridge.testkit;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A client of the bridge on a WebSocket of its own, with a token or without. Every call waits for
 * its answer, for a bounded time; any thread may call.
 */
public final class Browser implements AutoCloseable {

  /** Longer than the server lets a handler take, so that its own word is heard first. */
  static final Duration PATIENCE = Duration.ofSeconds(40);

  private final AtomicLong ids = new AtomicLong();
  private final Map<String, CompletableFuture<JsonObject>> waiting = new ConcurrentHashMap<>();
  private final Map<String, Inbox> inboxes = new ConcurrentHashMap<>();
  private final AtomicLong answeredTwice = new AtomicLong();
  private final FrameSocket socket;

  private Browser(String url, String token) {
    this.socket = FrameSocket.open(url, token, this::receive, this::closed);
  }

  static Browser connect(String url, String token) {
    Browser browser = new Browser(url, token);
    try {
      CompletableFuture<JsonObject> welcome = browser.expect("welcome");
      browser.socket.send(
          new JsonObject()
              .put("type", "ping")
              .put("ext", new JsonObject().put("v", 1).put("client", "testkit")));
      browser.await("its hello", welcome);
      return browser;
    } catch (RuntimeException | Error e) {
      browser.close();
      throw e;
    }
  }

  /**
   * Sends a body to an address and waits for the reply.
   *
   * @throws RefusedException with what the browser was told instead
   * @throws AssertionError if no answer comes at all
   */
  public JsonObject request(String address, JsonObject body) {
    return await("a request to " + address, ask(address, body));
  }

  /**
   * Sends what must be refused, and returns how it was.
   *
   * @throws AssertionError if it is answered
   */
  public RefusedException refused(String address, JsonObject body) {
    try {
      JsonObject reply = request(address, body);
      throw new AssertionError(address + " answered, and should have refused: " + reply.encode());
    } catch (RefusedException refusal) {
      return refusal;
    }
  }

  /**
   * Sends one way; returns when the server has handed it on.
   *
   * @throws RefusedException if it is not taken
   */
  public void send(String address, JsonObject body) {
    say("send", new JsonObject().put("address", address).put("body", body));
  }

  /**
   * Publishes; returns when the bus has it.
   *
   * @throws RefusedException if it is not taken
   */
  public void publish(String address, JsonObject body) {
    say("publish", new JsonObject().put("address", address).put("body", body));
  }

  /**
   * Registers at an address; what is published there from now on arrives in the inbox. A rule of
   * {@link TestBridge#permitting} must let this browser's token in.
   *
   * @throws RefusedException if it is not let in
   */
  public Inbox register(String address) {
    Inbox inbox = new Inbox(address, PATIENCE);
    if (inboxes.putIfAbsent(address, inbox) != null) {
      throw new IllegalStateException("registered at " + address + " already: keep the inbox");
    }
    try {
      say("register", new JsonObject().put("address", address));
      return inbox;
    } catch (RefusedException refusal) {
      inboxes.remove(address);
      throw refusal;
    }
  }

  /** A request whose answer may be waited for later. */
  CompletableFuture<JsonObject> ask(String address, JsonObject body) {
    long id = ids.incrementAndGet();
    CompletableFuture<JsonObject> answer = expect(key(id));
    socket.send(
        new JsonObject()
            .put("type", "send")
            .put("address", address)
            .put("body", body)
            .put("id", id)
            .put("replyAddress", key(id)));
    return answer;
  }

  /** How many answers came to requests that had one already, or that nobody made. */
  long answeredTwice() {
    return answeredTwice.get();
  }

  private void say(String type, JsonObject frame) {
    long id = ids.incrementAndGet();
    CompletableFuture<JsonObject> taken = expect(key(id));
    socket.send(frame.put("type", type).put("id", id));
    await(type + " at " + frame.getString("address"), taken);
  }

  private static String key(long id) {
    return "r-" + id;
  }

  private CompletableFuture<JsonObject> expect(String key) {
    CompletableFuture<JsonObject> answer = new CompletableFuture<>();
    waiting.put(key, answer);
    return answer;
  }

  private JsonObject await(String what, CompletableFuture<JsonObject> answer) {
    try {
      return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RefusedException refusal) {
        throw refusal;
      }
      throw new AssertionError(what + " failed: " + e.getCause(), e.getCause());
    } catch (TimeoutException e) {
      throw new AssertionError(what + " got no answer in " + PATIENCE.toSeconds() + " s", e);
    } catch (InterruptedException e) {
      throw Interrupted.error(e);
    }
  }

  private void receive(JsonObject frame) {
    switch (frame.getString("type", "")) {
      case "rec" -> message(frame);
      case "err" -> refuse(frame);
      case "event" -> event(frame.getString("event", ""), frame.getJsonObject("message"));
      case "ping" -> socket.send(new JsonObject().put("type", "pong"));
      default -> {
        // A frame of a later protocol.
      }
    }
  }

  private void message(JsonObject frame) {
    String address = frame.getString("address", "");
    Inbox inbox = inboxes.get(address);
    if (inbox == null) {
      answered(address, body(frame));
    } else {
      inbox.receive(body(frame));
    }
  }

  /** A value that is no object is wrapped, as the JSON that it is. */
  private static JsonObject body(JsonObject frame) {
    return frame.getValue("body") instanceof JsonObject object
        ? object
        : new JsonObject().put("value", frame.getValue("body"));
  }

  private void event(String event, JsonObject message) {
    if (event.equals("eb.welcome")) {
      answered("welcome", message);
    } else if (event.equals("eb.ok") && message.getLong("id") != null) {
      answered(key(message.getLong("id")), message);
    }
  }

  private void answered(String key, JsonObject answer) {
    CompletableFuture<JsonObject> asked = waiting.remove(key);
    if (asked == null) {
      answeredTwice.incrementAndGet();
    } else {
      asked.complete(answer);
    }
  }

  private void refuse(JsonObject frame) {
    Long id = frame.getLong("id");
    CompletableFuture<JsonObject> asked = id == null ? null : waiting.remove(key(id));
    var refusal =
        new RefusedException(
            frame.getInteger("failureCode", 0),
            frame.getString("message", frame.getString("body")));
    if (asked != null) {
      asked.completeExceptionally(refusal);
    } else if (id == null) {
      waiting.values().forEach(each -> each.completeExceptionally(refusal));
    } else {
      answeredTwice.incrementAndGet();
    }
  }

  private void closed(String why) {
    waiting.values().forEach(each -> each.completeExceptionally(new IllegalStateException(why)));
  }

  @Override
  public void close() {
    socket.close();
  }
}
