package io.drawbridge.bridge.transport;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A server frame's bytes, encoded once per framing however many sockets it goes to. May be shared
 * between event loops: both encodings are pure, and the worst race encodes one of them twice.
 */
public final class EncodedFrame {

  private final byte[] json;
  private volatile byte @Nullable [] webSocket;
  private volatile byte @Nullable [] sockJs;

  /** Takes over UTF-8 JSON; the array must not change afterwards. */
  public EncodedFrame(byte[] json) {
    this.json = json;
  }

  /** What it counts for in a queue. */
  public int length() {
    return json.length;
  }

  /** The plain JSON. */
  public byte[] json() {
    return json;
  }

  /** A whole, final, unmasked WebSocket text frame (RFC 6455, 5.2). */
  public byte[] webSocket() {
    byte[] encoded = webSocket;
    if (encoded == null) {
      encoded = WebSocketFraming.textFrame(json);
      webSocket = encoded;
    }
    return encoded;
  }

  /** The JSON as a SockJS string: quoted, and escaped as SockJS asks. */
  public byte[] sockJs() {
    byte[] encoded = sockJs;
    if (encoded == null) {
      encoded = SockJsFraming.quote(json);
      sockJs = encoded;
    }
    return encoded;
  }

  @Override
  public String toString() {
    return new String(json, StandardCharsets.UTF_8);
  }
}
