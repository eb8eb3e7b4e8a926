package io.drawbridge.permission;

import io.drawbridge.permission.AddressPattern.Part;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Says which rule decides by the definition: lay every pattern over the address in every way that
 * fits, write down for each part what it was matched by, and take the way that reads most specific
 * from the left.
 */
final class NaiveMatcher {

  /** One way to lay a pattern over an address; {@code kinds} says what each part was matched by. */
  private record Way(String pattern, List<String> kinds) {}

  private NaiveMatcher() {}

  static Optional<String> mostSpecific(List<String> patterns, String address, TokenParts tokens) {
    List<String> parts = AddressRules.parts(address);
    return patterns.stream()
        .flatMap(text -> ways(AddressPattern.parse(text), parts, tokens).stream())
        .min(NaiveMatcher::compare)
        .map(Way::pattern);
  }

  private static int compare(Way one, Way other) {
    for (int i = 0; i < one.kinds().size(); i++) {
      int order = one.kinds().get(i).compareTo(other.kinds().get(i));
      if (order != 0) {
        return order;
      }
    }
    return Comparator.<String>naturalOrder().compare(one.pattern(), other.pattern());
  }

  private static List<Way> ways(AddressPattern pattern, List<String> parts, TokenParts tokens) {
    var ways = new ArrayList<Way>();
    lay(pattern, 0, parts, 0, new ArrayList<>(), tokens, ways);
    return ways;
  }

  private static void lay(
      AddressPattern pattern,
      int next,
      List<String> parts,
      int from,
      List<String> kinds,
      TokenParts tokens,
      List<Way> ways) {
    if (next == pattern.parts().size()) {
      if (from == parts.size()) {
        ways.add(new Way(pattern.text(), List.copyOf(kinds)));
      }
      return;
    }
    Part part = pattern.parts().get(next);
    int most = part instanceof Part.Many ? parts.size() - from : 1;
    for (int taken = 1; taken <= most && from + taken <= parts.size(); taken++) {
      if (fits(part, parts.get(from), tokens)) {
        var longer = new ArrayList<>(kinds);
        for (int i = 0; i < taken; i++) {
          longer.add(kind(part));
        }
        lay(pattern, next + 1, parts, from + taken, longer, tokens, ways);
      }
    }
  }

  private static boolean fits(Part part, String text, TokenParts tokens) {
    if (part instanceof Part.Literal literal) {
      return literal.text().equals(text);
    }
    return !(part instanceof Part.FromToken token) || tokens.match(token.value(), text);
  }

  /** In the order of specificity. */
  private static String kind(Part part) {
    if (part instanceof Part.Literal) {
      return "0";
    }
    if (part instanceof Part.FromToken token) {
      return token.value().equals(TokenValue.SUB) ? "1" : "2 " + token.value().claim();
    }
    return part instanceof Part.One ? "3" : "4";
  }
}
