package io.drawbridge.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may do what at the addresses that a pattern matches. Each set holds authorities of which one
 * suffices, or {@code anyone} or {@code signed-in}; an empty set lets nobody in.
 *
 * @param address the pattern, such as {@code chat.room.{room}}, {@code inbox.{sub}}, {@code
 *     ticker.**}
 * @param schema a JSON Schema file that bodies sent or published by browsers must satisfy
 * @param rate how often one session may send or publish here
 */
public record PermissionRule(
    String address,
    Set<String> register,
    Set<String> send,
    Set<String> publish,
    @Nullable Path schema,
    @Nullable Rate rate) {

  /** Everybody, token or not. */
  public static final String ANYONE = "anyone";

  /** Everybody with a valid token. */
  public static final String SIGNED_IN = "signed-in";

  public PermissionRule {
    register = Set.copyOf(register);
    send = Set.copyOf(send);
    publish = Set.copyOf(publish);
    new Checks("/permissions/-")
        .format("address", "address-pattern", address)
        .that(
            !register.isEmpty() || !send.isEmpty() || !publish.isEmpty() || schema == null,
            "schema",
            "nobody may send or publish here",
            "Name who may, with send or publish; or remove the schema")
        .done();
  }

  /** Says which rules match just what an earlier one matches; absent rules only count places. */
  static List<Mistake> twins(List<? extends @Nullable PermissionRule> rules) {
    List<Mistake> mistakes = new ArrayList<>();
    Map<String, Integer> places = new HashMap<>();
    for (int i = 0; i < rules.size(); i++) {
      PermissionRule rule = rules.get(i);
      Integer first =
          rule == null ? null : places.putIfAbsent(AddressSyntax.shape(rule.address), i);
      if (first != null) {
        mistakes.add(
            new Mistake(
                Checks.FILE,
                "/permissions/" + i + "/address",
                "matches just what /permissions/" + first + " matches",
                "Make one rule of the two"));
      }
    }
    return mistakes;
  }

  /** A token bucket: so many a second on average, so many at once. */
  public record Rate(double perSecond, int burst) {

    public Rate {
      new Checks("/permissions/-/rate")
          .bounds("perSecond", perSecond)
          .bounds("burst", burst)
          .done();
    }
  }
}
