package io.drawbridge.permission;

import java.util.HashMap;
import java.util.Map;

/** Says whether a part of an address is what the token says. Used for one decision. */
@FunctionalInterface
interface TokenParts {

  /** Stands for whoever might sign in. */
  TokenParts ANYBODY = (value, part) -> true;

  boolean match(TokenValue value, String part);

  /** Compares with the values of a subject; a claim that is missing or no string never matches. */
  static TokenParts of(Subject subject) {
    Map<TokenValue, String> encoded = new HashMap<>();
    return (value, part) ->
        part.equals(encoded.computeIfAbsent(value, v -> encode(text(v, subject))));
  }

  private static String text(TokenValue value, Subject subject) {
    if (value.equals(TokenValue.SUB)) {
      return subject.name();
    }
    return subject.claims().get(value.claim()) instanceof String text ? text : "";
  }

  /** No part of an address is empty, so what encodes to nothing matches nothing. */
  private static String encode(String text) {
    return text.replace("%", "%25").replace(".", "%2E");
  }
}
