package io.drawbridge.pluginhost;

import java.util.List;

/**
 * An address that a plugin publishes to, such as {@code chat.room.{room}}: a part in braces stands
 * for any one part, {@code **} for one or more.
 */
final class AddressPattern {

  private static final String MANY = "**";

  private final List<String> parts;

  AddressPattern(String text) {
    this.parts = List.of(text.split("\\.", -1));
  }

  boolean matches(String address) {
    List<String> actual = List.of(address.split("\\.", -1));
    return !actual.contains("") && matches(0, actual, 0);
  }

  private boolean matches(int part, List<String> actual, int at) {
    if (part == parts.size() || at == actual.size()) {
      return part == parts.size() && at == actual.size();
    }
    String wanted = parts.get(part);
    if (wanted.equals(MANY)) {
      return matches(part + 1, actual, at + 1) || matches(part, actual, at + 1);
    }
    boolean fits = wanted.startsWith("{") || wanted.equals(actual.get(at));
    return fits && matches(part + 1, actual, at + 1);
  }
}
