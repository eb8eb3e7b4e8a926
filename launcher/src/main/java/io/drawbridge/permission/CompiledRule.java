package io.drawbridge.permission;

import io.drawbridge.config.PermissionRule;
import io.drawbridge.permission.Decision.Outcome;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A rule with its three possible decisions made beforehand. */
final class CompiledRule {

  private final Set<String> register;
  private final Set<String> send;
  private final Set<String> publish;
  private final Decision allowed;
  private final Decision notSignedIn;
  private final Decision denied;

  CompiledRule(PermissionRule rule, Decision.@Nullable BodySchema schema) {
    register = rule.register();
    send = rule.send();
    publish = rule.publish();
    Decision.Rule terms = terms(rule, schema);
    allowed = new Decision(Outcome.ALLOWED, terms);
    notSignedIn = new Decision(Outcome.NOT_SIGNED_IN, terms);
    denied = new Decision(Outcome.DENIED, terms);
  }

  private static Decision.Rule terms(PermissionRule rule, Decision.@Nullable BodySchema schema) {
    PermissionRule.Rate rate = rule.rate();
    return rate == null
        ? new Decision.Rule(rule.address(), schema, 0, 0)
        : new Decision.Rule(rule.address(), schema, rate.perSecond(), rate.burst());
  }

  Decision decide(Verb verb, Subject subject) {
    Set<String> granted = granted(verb);
    if (granted.contains(PermissionRule.ANYONE)) {
      return allowed;
    }
    if (!subject.signedIn()) {
      return granted.isEmpty() ? denied : notSignedIn;
    }
    return granted.contains(PermissionRule.SIGNED_IN) || holdsAny(granted, subject)
        ? allowed
        : denied;
  }

  /** Whether anybody at all may do this. */
  boolean opens(Verb verb) {
    return !granted(verb).isEmpty();
  }

  Decision notSignedIn() {
    return notSignedIn;
  }

  Decision denied() {
    return denied;
  }

  private Set<String> granted(Verb verb) {
    return switch (verb) {
      case REGISTER -> register;
      case SEND -> send;
      case PUBLISH -> publish;
    };
  }

  private static boolean holdsAny(Set<String> granted, Subject subject) {
    for (String authority : granted) {
      if (subject.authorities().contains(authority)) {
        return true;
      }
    }
    return false;
  }
}
