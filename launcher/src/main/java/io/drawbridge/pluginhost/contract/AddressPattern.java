package io.drawbridge.pluginhost.contract;

import java.util.List;
import java.util.regex.Pattern;

/**
 * An address that a plugin publishes to, such as {@code chat.room.{room}}: a part in braces stands
 * for any one part, {@code **} at the end for one or more.
 */
public final class AddressPattern {

  private static final String MANY = "**";

  private static final Pattern PART = Pattern.compile("[^{}*]+|\\{[A-Za-z][A-Za-z0-9_-]*\\}");

  private final List<String> parts;

  public AddressPattern(String text) {
    this.parts = List.of(text.split("\\.", -1));
  }

  /** Whether an address holds a wildcard, well written or not. */
  static boolean isPattern(String address) {
    return address.chars().anyMatch(c -> c == '{' || c == '}' || c == '*');
  }

  /** Whether every wildcard is a whole part, and {@code **} the last. */
  static boolean isWellFormed(String address) {
    List<String> parts = List.of(address.split("\\.", -1));
    String last = parts.get(parts.size() - 1);
    return parts.subList(0, parts.size() - 1).stream().allMatch(AddressPattern::isPart)
        && (last.equals(MANY) || isPart(last));
  }

  private static boolean isPart(String part) {
    return PART.matcher(part).matches();
  }

  public boolean matches(String address) {
    List<String> actual = List.of(address.split("\\.", -1));
    return !actual.contains("") && matches(0, actual, 0);
  }

  private boolean matches(int part, List<String> actual, int at) {
    if (part == parts.size() || at == actual.size()) {
      return part == parts.size() && at == actual.size();
    }
    String wanted = parts.get(part);
    if (wanted.equals(MANY)) {
      return true;
    }
    boolean fits = wanted.startsWith("{") || wanted.equals(actual.get(at));
    return fits && matches(part + 1, actual, at + 1);
  }

  /** Whether every address that another pattern stands for matches this one. */
  boolean covers(String other) {
    List<String> theirs = List.of(other.split("\\.", -1));
    for (int i = 0; i < parts.size(); i++) {
      if (parts.get(i).equals(MANY)) {
        return i < theirs.size();
      }
      boolean fits = i < theirs.size() && covers(parts.get(i), theirs.get(i));
      if (!fits) {
        return false;
      }
    }
    return parts.size() == theirs.size();
  }

  private static boolean covers(String part, String theirs) {
    return part.equals(theirs) || (part.startsWith("{") && !theirs.equals(MANY));
  }
}
