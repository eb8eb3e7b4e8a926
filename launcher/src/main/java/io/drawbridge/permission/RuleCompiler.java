package io.drawbridge.permission;

import io.drawbridge.config.PermissionRule;
import java.util.ArrayList;
import java.util.List;

/** Makes the tree of the rules that ops wrote, or names every mistake in them. */
final class RuleCompiler {

  private final AddressRules tree = new AddressRules();
  private final List<String> mistakes = new ArrayList<>();

  private RuleCompiler() {}

  static AddressRules compile(List<PermissionRule> rules) {
    var compiler = new RuleCompiler();
    for (int i = 0; i < rules.size(); i++) {
      compiler.add("/permissions/" + i, rules.get(i));
    }
    if (!compiler.mistakes.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", compiler.mistakes));
    }
    return compiler.tree;
  }

  private void add(String pointer, PermissionRule rule) {
    try {
      CompiledRule present =
          tree.add(AddressPattern.parse(rule.address()), new CompiledRule(rule, null));
      if (present != null) {
        mistakes.add(
            pointer
                + "/address '"
                + rule.address()
                + "' matches just what an earlier rule matches");
      }
    } catch (IllegalArgumentException mistake) {
      mistakes.add(pointer + "/address " + mistake.getMessage());
    }
  }
}
