package io.drawbridge.permission;

import io.drawbridge.config.ConfigException;
import io.drawbridge.config.Mistake;
import io.drawbridge.config.PermissionRule;
import io.drawbridge.config.SettingsReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Makes the tree of the rules that ops wrote, or names every mistake in them. */
final class RuleCompiler {

  private final AddressRules tree = new AddressRules();
  private final BodySchemas schemas = new BodySchemas();
  private final List<Mistake> mistakes = new ArrayList<>();

  private RuleCompiler() {}

  /**
   * Compiles the rules.
   *
   * @throws ConfigException with all mistakes
   */
  static AddressRules compile(List<PermissionRule> rules) {
    var compiler = new RuleCompiler();
    for (int i = 0; i < rules.size(); i++) {
      compiler.add("/permissions/" + i + "/address", rules.get(i));
    }
    if (!compiler.mistakes.isEmpty()) {
      throw new ConfigException(compiler.mistakes);
    }
    return compiler.tree;
  }

  private void add(String pointer, PermissionRule rule) {
    try {
      Path file = rule.schema();
      var compiled = new CompiledRule(rule, file == null ? null : schemas.read(file));
      if (tree.add(AddressPattern.parse(rule.address()), compiled) != null) {
        mistake(pointer, "matches just what an earlier rule matches", "Make one rule of the two");
      }
    } catch (ConfigException broken) {
      mistakes.addAll(broken.mistakes());
    } catch (IllegalArgumentException broken) {
      mistake(pointer, String.valueOf(broken.getMessage()), "Write parts, {x} or ** between dots");
    }
  }

  private void mistake(String pointer, String problem, String suggestion) {
    mistakes.add(new Mistake(SettingsReader.FILE, pointer, problem, suggestion));
  }
}
