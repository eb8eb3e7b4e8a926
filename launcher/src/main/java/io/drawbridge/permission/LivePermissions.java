package io.drawbridge.permission;

import io.drawbridge.config.PermissionRule;
import io.drawbridge.permission.Decision.Outcome;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The rules in force, swapped whole: every decision sees one snapshot. Thread-safe. */
public final class LivePermissions implements Permissions {

  private static final Decision NO_RULE = new Decision(Outcome.DENIED, null);
  private static final Decision OFFERED = new Decision(Outcome.ALLOWED, null);
  private static final Decision OFFERED_TO_OTHERS = new Decision(Outcome.NOT_SIGNED_IN, null);

  /** What holds at one moment; {@code offers} by plugin, {@code served} by address. */
  private record Snapshot(
      long version, Map<String, Map<String, String>> offers, Map<String, String> served) {}

  private final AddressRules rules;
  private volatile Snapshot snapshot = new Snapshot(0, Map.of(), Map.of());

  /** Compiles the rules of ops, their schemas too; reads files, so not on an event loop. */
  public LivePermissions(List<PermissionRule> rules) {
    this.rules = RuleCompiler.compile(rules);
  }

  /**
   * A plugin serves these addresses from now on; what it offered before is forgotten.
   *
   * @param authorityByAddress what a subject must hold to send there where no rule of ops matches;
   *     an empty authority opens nothing
   */
  public synchronized void offer(String pluginId, Map<String, String> authorityByAddress) {
    var offers = new HashMap<>(snapshot.offers());
    offers.put(pluginId, Map.copyOf(authorityByAddress));
    install(offers);
  }

  /** A plugin serves nothing any more. */
  public synchronized void withdraw(String pluginId) {
    var offers = new HashMap<>(snapshot.offers());
    if (offers.remove(pluginId) != null) {
      install(offers);
    }
  }

  private void install(Map<String, Map<String, String>> offers) {
    var served = new HashMap<String, String>();
    offers.values().forEach(served::putAll);
    snapshot = new Snapshot(snapshot.version() + 1, offers, served);
  }

  @Override
  public Decision decide(Verb verb, String address, Subject subject) {
    List<String> parts = AddressRules.parts(address);
    if (parts.isEmpty() || AddressRules.reserved(address)) {
      return NO_RULE;
    }
    CompiledRule rule = rules.find(parts, TokenParts.of(subject));
    String authority = snapshot.served().get(address);
    if (verb == Verb.REGISTER && authority != null) {
      return rule == null ? NO_RULE : rule.denied();
    }
    Decision decision = rule == null ? NO_RULE : rule.decide(verb, subject);
    if (decision.outcome() != Outcome.DENIED || (rule != null && subject.signedIn())) {
      return decision;
    }
    CompiledRule anybodys = rules.find(parts, TokenParts.ANYBODY);
    if (anybodys == null) {
      return verb == Verb.SEND && authority != null ? offered(authority, subject) : NO_RULE;
    }
    return anybodys.opens(verb) && !subject.signedIn() ? anybodys.notSignedIn() : decision;
  }

  /** An offer names one authority; {@code anyone} has no meaning here, so that it opens nothing. */
  private static Decision offered(String authority, Subject subject) {
    if (authority.isEmpty() || subject.authorities().contains(authority)) {
      return authority.isEmpty() ? NO_RULE : OFFERED;
    }
    return subject.signedIn() ? NO_RULE : OFFERED_TO_OTHERS;
  }

  @Override
  public long version() {
    return snapshot.version();
  }
}
