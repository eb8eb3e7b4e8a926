package io.drawbridge.bench.swap;

import io.drawbridge.bench.ClientFrames;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What the load says, and how it reads what comes back without parsing it whole: the generator
 * shares the machine with the server.
 */
final class SwapFrames {

  private static final String NUMBER = "\"number\":";
  private static final String SENDER = "\"sender\":\"";
  private static final String VERSION = "\"version\":\"";

  private SwapFrames() {}

  /** A request whose reply address is its number. */
  static byte[] request(String sender, long number) {
    return ClientFrames.masked(
        head("send", SwapPlugin.ASK)
            + body(sender, number)
            + ",\"replyAddress\":\""
            + number
            + "\"}");
  }

  static byte[] send(String sender, long number) {
    return ClientFrames.masked(head("send", SwapPlugin.TELL) + body(sender, number) + "}");
  }

  static byte[] publish(String sender, long number) {
    return ClientFrames.masked(head("publish", SwapPlugin.NEWS) + body(sender, number) + "}");
  }

  static byte[] tally(String prefix) {
    return ClientFrames.masked(
        head("send", SwapPlugin.TALLY)
            + ",\"body\":{\"prefix\":\""
            + prefix
            + "\"},\"replyAddress\":\"tally\"}");
  }

  private static String head(String type, String address) {
    return "{\"type\":\"" + type + "\",\"address\":\"" + address + "\",\"headers\":{}";
  }

  private static String body(String sender, long number) {
    return ",\"body\":{" + SENDER + sender + "\"," + NUMBER + number + "}";
  }

  static boolean isMessage(String frame) {
    return frame.startsWith("{\"type\":\"rec\"");
  }

  static boolean isPong(String frame) {
    return frame.startsWith("{\"type\":\"pong\"");
  }

  static boolean isAnswerTo(String frame, String replyAddress) {
    return frame.contains("\"address\":\"" + replyAddress + "\"");
  }

  /** The number in a body; -1 if it has none. */
  static long number(String frame) {
    int at = frame.indexOf(NUMBER);
    return at < 0 ? -1 : digits(frame, at + NUMBER.length());
  }

  /** The number of the request that a frame answers; -1 if its reply address is none. */
  static long replyNumber(String frame) {
    String address = text(frame, "\"address\":\"");
    return address.isEmpty() || !Character.isDigit(address.charAt(0)) ? -1 : digits(address, 0);
  }

  static String sender(String frame) {
    return text(frame, SENDER);
  }

  static String version(String frame) {
    return text(frame, VERSION);
  }

  private static String text(String frame, String key) {
    int at = frame.indexOf(key);
    if (at < 0) {
      return "";
    }
    int begin = at + key.length();
    return frame.substring(begin, frame.indexOf('"', begin));
  }

  private static long digits(String text, int begin) {
    long number = 0;
    for (int i = begin; i < text.length() && Character.isDigit(text.charAt(i)); i++) {
      number = number * 10 + text.charAt(i) - '0';
    }
    return number;
  }

  /** A frame as it came: its numbers are found by where they stand, in ASCII. */
  static String text(ByteBuffer buffer, int start, int length) {
    byte[] bytes = new byte[length];
    buffer.get(start, bytes);
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
