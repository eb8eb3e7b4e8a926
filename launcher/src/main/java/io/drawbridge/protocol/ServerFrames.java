package io.drawbridge.protocol;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the server says, as UTF-8 JSON; keys in the stock bridge's order. Stateless and thread-safe.
 */
public final class ServerFrames {

  private static final byte[] REC = ascii("{\"type\":\"rec\",\"address\":");
  private static final byte[] BODY = ascii(",\"body\":");
  private static final byte[] REPLY_ADDRESS = ascii(",\"replyAddress\":");
  private static final byte[] HEADERS = ascii(",\"headers\":");
  private static final byte[] EVENT = ascii("{\"type\":\"event\",\"event\":");
  private static final byte[] MESSAGE = ascii(",\"message\":");

  private ServerFrames() {}

  /**
   * A message at an address. Headers that begin with {@code eb-} stay inside the cluster.
   *
   * @param replyAddress where the browser may answer, once; null where no answer is expected
   * @throws io.vertx.core.json.EncodeException if the body is nothing that JSON can say
   */
  public static byte[] rec(
      String address, @Nullable Object body, MultiMap headers, @Nullable String replyAddress) {
    Buffer out = Buffer.buffer(128).appendBytes(REC);
    appendText(out, address);
    out.appendBytes(BODY).appendBuffer(Json.encodeToBuffer(body));
    if (replyAddress != null) {
      appendText(out.appendBytes(REPLY_ADDRESS), replyAddress);
    }
    if (!headers.isEmpty()) {
      JsonObject visible = visible(headers);
      if (!visible.isEmpty()) {
        out.appendBytes(HEADERS).appendBuffer(visible.toBuffer());
      }
    }
    return out.appendByte((byte) '}').getBytes();
  }

  /** The server's sign of life; only clients that said hello understand it. */
  public static byte[] ping() {
    return ascii("{\"type\":\"ping\"}");
  }

  /** The answer to a ping; only clients that said hello understand it. */
  public static byte[] pong() {
    return ascii("{\"type\":\"pong\"}");
  }

  /** An event that stock clients hand to {@code onevent}. */
  public static byte[] event(String name, JsonObject message) {
    Buffer out = Buffer.buffer(128).appendBytes(EVENT);
    appendText(out, name);
    return out.appendBytes(MESSAGE)
        .appendBuffer(message.toBuffer())
        .appendByte((byte) '}')
        .getBytes();
  }

  /** A refusal that only names the stock word. */
  public static byte[] error(String word) {
    return new JsonObject().put("type", "err").put("body", word).toBuffer().getBytes();
  }

  /**
   * A refusal with everything that is known of it.
   *
   * @param error the refusal
   * @param id the frame that it answers, or {@link ClientFrame#NO_ID}
   * @param address the reply address, or the address of a registration; null for neither
   */
  public static byte[] error(BridgeError error, long id, @Nullable String address, boolean hello) {
    JsonObject frame = new JsonObject().put("type", "err").put("body", error.word());
    putId(frame, id);
    if (address != null) {
      frame.put("address", address);
    }
    putFailure(frame, error.code().code(), error.code().type(), error.message());
    if (hello) {
      frame.put("temporary", error.code().temporary());
    }
    if (hello && error.retryAfterMillis() != null) {
      frame.put("retryAfterMs", error.retryAfterMillis());
    }
    return frame.toBuffer().getBytes();
  }

  /** A request that failed behind the bridge, as the stock bridge tells it. */
  public static byte[] failure(String address, int code, String type, @Nullable String message) {
    JsonObject frame = new JsonObject().put("type", "err").put("address", address);
    putFailure(frame, code, type, message);
    return frame.toBuffer().getBytes();
  }

  /** A request that failed behind the bridge, for a client that said hello. */
  public static byte[] failure(
      String address, long id, int code, String type, @Nullable String message) {
    JsonObject frame = new JsonObject().put("type", "err");
    putId(frame, id);
    frame.put("address", address);
    putFailure(frame, code, type, message);
    FailureCode known = FailureCode.of(code);
    frame.put("temporary", known != null && known.temporary());
    return frame.toBuffer().getBytes();
  }

  private static void putId(JsonObject frame, long id) {
    if (id != ClientFrame.NO_ID) {
      frame.put("id", id);
    }
  }

  private static void putFailure(
      JsonObject frame, int code, String type, @Nullable String message) {
    frame.put("failureCode", code).put("failureType", type).put("message", message);
  }

  private static JsonObject visible(MultiMap headers) {
    JsonObject visible = new JsonObject();
    for (String name : headers.names()) {
      if (name.toLowerCase(Locale.ROOT).startsWith("eb-")) {
        continue;
      }
      List<String> values = headers.getAll(name);
      visible.put(name, values.size() == 1 ? values.get(0) : new JsonArray(values));
    }
    return visible;
  }

  private static void appendText(Buffer out, String text) {
    out.appendByte((byte) '"');
    out.appendBytes(JsonStringEncoder.getInstance().quoteAsUTF8(text));
    out.appendByte((byte) '"');
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
