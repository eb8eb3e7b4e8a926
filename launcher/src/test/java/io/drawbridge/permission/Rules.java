package io.drawbridge.permission;

import io.drawbridge.config.PermissionRule;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Permission rules, written as tests read them. */
record Rules(PermissionRule built) {

  static Rules rule(String address) {
    return new Rules(new PermissionRule(address, Set.of(), Set.of(), Set.of(), null, null));
  }

  static List<PermissionRule> list(Rules... rules) {
    return Arrays.stream(rules).map(Rules::built).toList();
  }

  Rules register(String... who) {
    return new Rules(
        new PermissionRule(
            built.address(),
            Set.of(who),
            built.send(),
            built.publish(),
            built.schema(),
            built.rate()));
  }

  Rules send(String... who) {
    return new Rules(
        new PermissionRule(
            built.address(),
            built.register(),
            Set.of(who),
            built.publish(),
            built.schema(),
            built.rate()));
  }

  Rules publish(String... who) {
    return new Rules(
        new PermissionRule(
            built.address(),
            built.register(),
            built.send(),
            Set.of(who),
            built.schema(),
            built.rate()));
  }

  Rules schema(Path schema) {
    return new Rules(
        new PermissionRule(
            built.address(),
            built.register(),
            built.send(),
            built.publish(),
            schema,
            built.rate()));
  }

  Rules rate(double perSecond, int burst) {
    return new Rules(
        new PermissionRule(
            built.address(),
            built.register(),
            built.send(),
            built.publish(),
            built.schema(),
            new PermissionRule.Rate(perSecond, burst)));
  }
}
