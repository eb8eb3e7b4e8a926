package io.drawbridge.permission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbridge.config.ConfigException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRulesTest {

  private static final Subject ALICE =
      new Subject("alice", Set.of(), Map.of("tenant", "acme", "team", "alice"), Instant.MAX);
  private static final TokenParts TOKENS = TokenParts.of(ALICE);

  @ParameterizedTest
  @CsvSource({
    "a.{x}, a.**, a.b",
    "a.b, a.{x}, a.b",
    "a.{sub}, a.{x}, a.alice",
    "a.alice, a.{sub}, a.alice",
    "a.{sub}, a.{claim:team}, a.alice",
    "a.**.c, a.**, a.b.c",
    "a.{x}.{y}, a.**, a.b.c",
    "a.**, **.c, a.b.c",
    "a.b.{x}, a.{x}.c, a.b.c",
    "**.b.c, **.c, a.b.c"
  })
  void theFirstIsMoreSpecificThanTheSecond(String first, String second, String address) {
    assertThat(find(List.of(first, second), address)).contains(first);
    assertThat(find(List.of(second, first), address)).contains(first);
    assertThat(find(List.of(second), address)).as("the second would match").contains(second);
  }

  @Test
  void theSearchGoesBackWhereABranchEnds() {
    var rules = List.of("a.b.c.x", "a.{p}.c.y", "a.**");

    assertThat(find(rules, "a.b.c.x")).contains("a.b.c.x");
    assertThat(find(rules, "a.b.c.y")).contains("a.{p}.c.y");
    assertThat(find(rules, "a.b.c.z")).contains("a.**");
  }

  @Test
  void twoStarsStandForOneOrMoreParts() {
    assertThat(find(List.of("a.**"), "a")).isEmpty();
    assertThat(find(List.of("a.**"), "a.b")).isPresent();
    assertThat(find(List.of("a.**"), "a.b.c.d")).isPresent();
    assertThat(find(List.of("a.**.z"), "a.z")).isEmpty();
    assertThat(find(List.of("a.**.z"), "a.z.z")).isPresent();
    assertThat(find(List.of("{x}"), "a.b")).isEmpty();
  }

  @Test
  void whateverTheRulesItFindsWhatTheDefinitionFinds() {
    var random = new Random(20_260_101);
    for (int round = 0; round < 20_000; round++) {
      List<String> patterns = patterns(random);
      String address = text(random, List.of("a", "b", "alice", "acme"), 1 + random.nextInt(6));

      assertThat(find(patterns, address))
          .as("%s of %s", address, patterns)
          .isEqualTo(NaiveMatcher.mostSpecific(patterns, address, TOKENS));
    }
  }

  /** Patterns of different shapes, as ops must write them. */
  private static List<String> patterns(Random random) {
    var words = List.of("a", "b", "alice", "{x}", "{sub}", "{claim:tenant}", "{claim:team}", "**");
    var patterns = new ArrayList<String>();
    for (int i = 0; i < 1 + random.nextInt(8); i++) {
      String pattern = text(random, words, 1 + random.nextInt(5));
      if (!pattern.contains("**.**") && !patterns.contains(pattern)) {
        patterns.add(pattern);
      }
    }
    return patterns;
  }

  private static String text(Random random, List<String> words, int length) {
    var parts = new ArrayList<String>();
    for (int i = 0; i < length; i++) {
      parts.add(words.get(random.nextInt(words.size())));
    }
    return String.join(".", parts);
  }

  @Test
  void noRulesMakeTheSearchExplode() {
    var rules = new ArrayList<Rules>();
    for (int depth = 1; depth <= 30; depth++) {
      rules.add(Rules.rule("**.a.".repeat(depth) + "**.z" + depth).send("anyone"));
      rules.add(Rules.rule("{x}.**.".repeat(depth) + "y" + depth).send("anyone"));
    }
    var permissions = new LivePermissions(Rules.list(rules.toArray(Rules[]::new)));
    String address = String.join(".", Collections.nCopies(100, "a"));

    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () -> {
          for (int i = 0; i < 200; i++) {
            assertThat(permissions.decide(Verb.SEND, address, ALICE).allowed()).isFalse();
          }
        });
    assertThat(permissions.decide(Verb.SEND, address + ".z3", ALICE).allowed()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a..b",
        ".a",
        "a.",
        "a*",
        "*",
        "a.*",
        "a.***",
        "x{y}",
        "{x}y",
        "{",
        "{}",
        "{1}",
        "{claim:}",
        "{a.b}",
        "a b",
        "**.**",
        "a.**.**.b"
      })
  void aPatternThatIsNoneIsRefused(String pattern) {
    assertThatThrownBy(() -> AddressPattern.parse(pattern))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void twoRulesForTheSameAddressesAreAMistakeWithItsPlace() {
    var rules =
        Rules.list(
            Rules.rule("a.{x}").send("anyone"),
            Rules.rule("b").send("anyone"),
            Rules.rule("a.{y}").send("anyone"));

    assertThatThrownBy(() -> new LivePermissions(rules))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("/permissions/2/address");
  }

  private static Optional<String> find(List<String> patterns, String address) {
    var tree = new AddressRules();
    for (String pattern : patterns) {
      tree.add(AddressPattern.parse(pattern), new CompiledRule(Rules.rule(pattern).built(), null));
    }
    CompiledRule found = tree.find(AddressRules.parts(address), TOKENS);
    return Optional.ofNullable(found).map(rule -> rule.denied().rule().pattern());
  }
}
