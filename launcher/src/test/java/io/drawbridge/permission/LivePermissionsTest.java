package io.drawbridge.permission;

import static io.drawbridge.permission.Decision.Outcome.ALLOWED;
import static io.drawbridge.permission.Decision.Outcome.DENIED;
import static io.drawbridge.permission.Decision.Outcome.NOT_SIGNED_IN;
import static io.drawbridge.permission.Rules.rule;
import static io.drawbridge.permission.Verb.PUBLISH;
import static io.drawbridge.permission.Verb.REGISTER;
import static io.drawbridge.permission.Verb.SEND;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.permission.Decision.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LivePermissionsTest {

  private final Subject alice = subject("alice", Map.of("tenant", "acme"), "chat:read");

  @Test
  void withoutRulesNobodyMayDoAnything() {
    var permissions = new LivePermissions(List.of());

    assertThat(permissions.decide(SEND, "chat.post", alice).outcome()).isEqualTo(DENIED);
    assertThat(permissions.decide(REGISTER, "chat.post", Subject.ANONYMOUS).outcome())
        .isEqualTo(DENIED);
  }

  @Test
  void anAuthorityOpensItsVerbAndNoOther() {
    var permissions = permissions(rule("chat.room.{room}").register("chat:read"));

    assertThat(decide(permissions, REGISTER, "chat.room.lobby")).isEqualTo(ALLOWED);
    assertThat(decide(permissions, SEND, "chat.room.lobby")).isEqualTo(DENIED);
    assertThat(decide(permissions, PUBLISH, "chat.room.lobby")).isEqualTo(DENIED);
  }

  @Test
  void anyOfSeveralAuthoritiesSuffices() {
    var permissions = permissions(rule("a").send("x", "chat:read"), rule("b").send("x", "y"));

    assertThat(decide(permissions, SEND, "a")).isEqualTo(ALLOWED);
    assertThat(decide(permissions, SEND, "b")).isEqualTo(DENIED);
  }

  @Test
  void anAnonymousSessionIsToldToSignInOnlyWhereThatMightHelp() {
    var permissions =
        permissions(
            rule("open").send("anyone"),
            rule("known").send("signed-in"),
            rule("mute").publish("x"));

    assertThat(permissions.decide(SEND, "open", Subject.ANONYMOUS).outcome()).isEqualTo(ALLOWED);
    assertThat(permissions.decide(SEND, "known", Subject.ANONYMOUS).outcome())
        .isEqualTo(NOT_SIGNED_IN);
    assertThat(permissions.decide(SEND, "mute", Subject.ANONYMOUS).outcome()).isEqualTo(DENIED);
    assertThat(permissions.decide(SEND, "elsewhere", Subject.ANONYMOUS).outcome())
        .isEqualTo(DENIED);
  }

  @Test
  void anAnonymousSessionHasNoInboxEvenWhereAnyoneWithATokenHasOne() {
    var permissions = permissions(rule("inbox.{sub}").register("anyone"));

    assertThat(permissions.decide(REGISTER, "inbox.alice", Subject.ANONYMOUS).outcome())
        .isEqualTo(NOT_SIGNED_IN);
    assertThat(decide(permissions, REGISTER, "inbox.alice")).isEqualTo(ALLOWED);
    assertThat(decide(permissions, REGISTER, "inbox.bob")).isEqualTo(DENIED);
  }

  @Test
  void aValueOfTheTokenStandsAloneWithItsDotsAndPercentSignsEncoded() {
    var permissions = permissions(rule("inbox.{sub}").register("signed-in"));
    var dotted = subject("a.b%c", Map.of());

    assertThat(permissions.decide(REGISTER, "inbox.a%2Eb%25c", dotted).outcome())
        .isEqualTo(ALLOWED);
    assertThat(permissions.decide(REGISTER, "inbox.a.b%c", dotted).outcome()).isEqualTo(DENIED);
  }

  @Test
  void aClaimThatIsMissingOrNoStringMatchesNothing() {
    var permissions = permissions(rule("t.{claim:tenant}").send("signed-in"));

    assertThat(decide(permissions, SEND, "t.acme")).isEqualTo(ALLOWED);
    assertThat(permissions.decide(SEND, "t.null", subject("bob", Map.of())).outcome())
        .isEqualTo(DENIED);
    assertThat(permissions.decide(SEND, "t.7", subject("bob", Map.of("tenant", 7))).outcome())
        .isEqualTo(DENIED);
    assertThat(permissions.decide(SEND, "t.", subject("bob", Map.of("tenant", ""))).outcome())
        .isEqualTo(DENIED);
  }

  @Test
  void aClaimMayHaveDotsInItsName() {
    var permissions = permissions(rule("t.{claim:https://acme.example/tenant}").send("signed-in"));
    var bob = subject("bob", Map.of("https://acme.example/tenant", "red"));

    assertThat(permissions.decide(SEND, "t.red", bob).outcome()).isEqualTo(ALLOWED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "__vertx",
        "__vertx.reply.17",
        "__vertx.circuit-breaker",
        "eb.welcome",
        "",
        ".",
        "a..b",
        ".a",
        "a."
      })
  void addressesOfTheBusAndOfTheBridgeAreRefusedWhateverTheRules(String address) {
    var permissions = permissions(rule("**").register("anyone").send("anyone").publish("anyone"));

    for (Verb verb : Verb.values()) {
      assertThat(decide(permissions, verb, address)).isEqualTo(DENIED);
    }
  }

  @Test
  void thatRuleDecidesAloneThatIsMostSpecific() {
    var permissions =
        permissions(
            rule("chat.**").send("chat:read"),
            rule("chat.{x}.b").send("chat:read"),
            rule("chat.{sub}.b").send("nobody-has-it"));

    assertThat(decide(permissions, SEND, "chat.alice.b")).isEqualTo(DENIED);
    assertThat(decide(permissions, SEND, "chat.carol.b")).isEqualTo(ALLOWED);
    assertThat(permissions.decide(SEND, "chat.carol.b", alice).rule().pattern())
        .isEqualTo("chat.{x}.b");
  }

  @Test
  void aPluginOpensSendingToItsAuthorityWhereOpsAreSilent() {
    var permissions = permissions(rule("ruled.{x}").send("nobody-has-it"));
    permissions.offer(
        "greet", Map.of("greet.hello", "chat:read", "ruled.a", "chat:read", "shut", ""));

    assertThat(decide(permissions, SEND, "greet.hello")).isEqualTo(ALLOWED);
    assertThat(decide(permissions, PUBLISH, "greet.hello")).isEqualTo(DENIED);
    assertThat(decide(permissions, SEND, "ruled.a")).isEqualTo(DENIED);
    assertThat(decide(permissions, SEND, "shut")).isEqualTo(DENIED);
    assertThat(permissions.decide(SEND, "greet.hello", Subject.ANONYMOUS).outcome())
        .isEqualTo(NOT_SIGNED_IN);
    assertThat(permissions.decide(SEND, "greet.hello", subject("bob", Map.of())).outcome())
        .isEqualTo(DENIED);
  }

  @Test
  void aPluginCantOpenWhatARuleKeepsForOneSubject() {
    var permissions = permissions(rule("inbox.{sub}").send("signed-in"));
    permissions.offer("nosy", Map.of("inbox.bob", "chat:read"));

    assertThat(decide(permissions, SEND, "inbox.bob")).isEqualTo(DENIED);
  }

  @Test
  void aPluginCantOpenAnAddressToEverybody() {
    var permissions = permissions();
    permissions.offer("loose", Map.of("a", "anyone", "b", "signed-in"));

    assertThat(permissions.decide(SEND, "a", Subject.ANONYMOUS).allowed()).isFalse();
    assertThat(decide(permissions, SEND, "b")).isEqualTo(DENIED);
  }

  @Test
  void nobodyRegistersAnAddressThatAPluginServes() {
    var permissions = permissions(rule("**").register("anyone").send("anyone"));
    permissions.offer("greet", Map.of("greet.hello", ""));

    assertThat(decide(permissions, REGISTER, "greet.hello")).isEqualTo(DENIED);
    assertThat(decide(permissions, SEND, "greet.hello")).isEqualTo(ALLOWED);
  }

  @Test
  void whatAPluginOpenedEndsWithItAndTheVersionMoves() {
    var permissions = permissions();
    long before = permissions.version();
    permissions.offer("greet", Map.of("greet.hello", "chat:read"));
    long offered = permissions.version();
    permissions.withdraw("greet");

    assertThat(decide(permissions, SEND, "greet.hello")).isEqualTo(DENIED);
    assertThat(offered).isGreaterThan(before);
    assertThat(permissions.version()).isGreaterThan(offered);
  }

  @Test
  void theRateOfARuleComesWithItsDecision() {
    var permissions = permissions(rule("query.{name}").send("chat:read").rate(20, 40));

    var rule = permissions.decide(SEND, "query.top", alice).rule();

    assertThat(rule.perSecond()).isEqualTo(20);
    assertThat(rule.burst()).isEqualTo(40);
  }

  private Outcome decide(Permissions permissions, Verb verb, String address) {
    return permissions.decide(verb, address, alice).outcome();
  }

  private static LivePermissions permissions(Rules... rules) {
    return new LivePermissions(Rules.list(rules));
  }

  static Subject subject(String name, Map<String, Object> claims, String... authorities) {
    return new Subject(name, Set.of(authorities), claims, Instant.MAX);
  }
}
