package io.drawbridge.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The frames that the load generator sends, made once and then only renumbered.
 *
 * <p>A body holds {@code #} and eight digits: the number of the message. Whoever reads it finds the
 * number at a fixed place of the frame.
 */
public final class ClientFrames {

  static final char MARK = '#';
  static final int DIGITS = 8;

  private static final byte[] MASK = {0x5a, 0x17, 0x3c, 0x71};

  private ClientFrames() {}

  static byte[] ping() {
    return masked("{\"type\":\"ping\"}");
  }

  /** Registers at an address. */
  public static byte[] register(String address) {
    return masked("{\"type\":\"register\",\"address\":\"" + address + "\",\"headers\":{}}");
  }

  /** A publish whose body is a string of this many bytes, the number within. */
  static byte[] publish(String address, int number, int bodyBytes) {
    return masked(
        "{\"type\":\"publish\",\"address\":\""
            + address
            + "\",\"headers\":{},\"body\":\""
            + body(number, bodyBytes)
            + "\"}");
  }

  /** A request whose reply address is its own, as long as the stock client's. */
  static byte[] request(String address, int client, int number, int bodyBytes) {
    String replyAddress = digits(number, 8) + "-0000-4000-8000-" + digits(client, 12);
    return masked(
        "{\"type\":\"send\",\"address\":\""
            + address
            + "\",\"headers\":{},\"body\":{\"text\":\""
            + body(number, bodyBytes)
            + "\"},\"replyAddress\":\""
            + replyAddress
            + "\"}");
  }

  /** Frames behind each other, for one write. */
  public static ByteBuffer joined(List<byte[]> frames) {
    ByteBuffer joined = ByteBuffer.allocate(frames.stream().mapToInt(frame -> frame.length).sum());
    frames.forEach(joined::put);
    return joined.flip();
  }

  private static String body(int number, int bytes) {
    String numbered = MARK + digits(number, DIGITS);
    return numbered + "x".repeat(bytes - numbered.length());
  }

  private static String digits(int number, int width) {
    String text = Integer.toString(number);
    return "0".repeat(width - text.length()) + text;
  }

  /** A whole text frame as RFC 6455 wants it from a client: masked, and not with zeros. */
  public static byte[] masked(String text) {
    byte[] payload = text.getBytes(StandardCharsets.UTF_8);
    int head = payload.length < 126 ? 2 : 4;
    byte[] frame = new byte[head + 4 + payload.length];
    frame[0] = (byte) 0x81;
    if (head == 2) {
      frame[1] = (byte) (0x80 | payload.length);
    } else {
      frame[1] = (byte) (0x80 | 126);
      frame[2] = (byte) (payload.length >>> 8);
      frame[3] = (byte) payload.length;
    }
    System.arraycopy(MASK, 0, frame, head, 4);
    for (int i = 0; i < payload.length; i++) {
      frame[head + 4 + i] = (byte) (payload[i] ^ MASK[i & 3]);
    }
    return frame;
  }
}
