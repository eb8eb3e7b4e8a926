package io.drawbridge.permission;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The rules of ops as a tree of parts, and the search for the most specific one.
 *
 * <p>The search walks all branches at once, best first, and keeps each node at most once per part
 * of the address. So it finds what going back where a branch ends would find, but its cost is the
 * address's parts times the branches that fit, whatever the rules.
 */
final class AddressRules {

  /** One prefix of some patterns. */
  private static final class Node {
    private final boolean repeats;
    private final Map<String, Node> literals = new HashMap<>();
    private final Map<TokenValue, Node> fromToken = new TreeMap<>();
    private @Nullable Node one;
    private @Nullable Node many;
    private @Nullable CompiledRule rule;

    private Node(boolean repeats) {
      this.repeats = repeats;
    }

    private Node child(AddressPattern.Part part) {
      if (part instanceof AddressPattern.Part.Literal literal) {
        return literals.computeIfAbsent(literal.text(), text -> new Node(false));
      }
      if (part instanceof AddressPattern.Part.FromToken token) {
        return fromToken.computeIfAbsent(token.value(), value -> new Node(false));
      }
      if (part instanceof AddressPattern.Part.One) {
        one = one == null ? new Node(false) : one;
        return one;
      }
      many = many == null ? new Node(true) : many;
      return many;
    }

    /** Adds where one part leads, the most specific first. */
    private void step(String part, TokenParts tokens, Set<Node> next) {
      Node literal = literals.get(part);
      if (literal != null) {
        next.add(literal);
      }
      fromToken.forEach(
          (value, node) -> {
            if (tokens.match(value, part)) {
              next.add(node);
            }
          });
      if (one != null) {
        next.add(one);
      }
      if (many != null) {
        next.add(many);
      }
      if (repeats) {
        next.add(this);
      }
    }
  }

  private final Node root = new Node(false);

  /**
   * Adds a rule while the tree is built; afterwards the tree never changes.
   *
   * @return the rule that already matches exactly these addresses, which then stays
   */
  @Nullable CompiledRule add(AddressPattern pattern, CompiledRule rule) {
    Node node = root;
    for (AddressPattern.Part part : pattern.parts()) {
      node = node.child(part);
    }
    CompiledRule present = node.rule;
    if (present == null) {
      node.rule = rule;
    }
    return present;
  }

  /** The rule that decides, or null where none matches. */
  @Nullable CompiledRule find(List<String> parts, TokenParts tokens) {
    Set<Node> live = Set.of(root);
    for (String part : parts) {
      Set<Node> next = new LinkedHashSet<>();
      for (Node node : live) {
        node.step(part, tokens, next);
      }
      live = next;
    }
    for (Node node : live) {
      if (node.rule != null) {
        return node.rule;
      }
    }
    return null;
  }

  /** An address's parts; none where one of them is empty, which no rule matches. */
  static List<String> parts(String address) {
    var parts = new ArrayList<String>();
    int start = 0;
    for (int dot = address.indexOf('.');
        start <= address.length();
        dot = address.indexOf('.', start)) {
      int end = dot < 0 ? address.length() : dot;
      if (end == start) {
        return List.of();
      }
      parts.add(address.substring(start, end));
      start = end + 1;
    }
    return parts;
  }

  /** The bus's own addresses, the bridge's events and every reply address. */
  static boolean reserved(String address) {
    return address.startsWith("__vertx") || address.startsWith("eb.");
  }
}
