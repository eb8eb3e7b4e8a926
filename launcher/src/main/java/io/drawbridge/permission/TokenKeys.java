package io.drawbridge.permission;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The keys in force. A token's {@code kid} is compared with theirs and used for nothing else. */
record TokenKeys(List<TokenKey> keys) {

  TokenKeys {
    keys = List.copyOf(keys);
  }

  /** The keys that a token may be signed with, none if it needs one that isn't here. */
  List<TokenKey> candidates(JWSHeader header) {
    String id = header.getKeyID();
    List<TokenKey> named = id == null ? List.of() : withId(id);
    if (!named.isEmpty()) {
      return named.stream().filter(key -> fits(key, header)).toList();
    }
    List<TokenKey> nameless = withId(null).stream().filter(key -> fits(key, header)).toList();
    return id != null || !nameless.isEmpty() ? nameless : onlyOneOf(header);
  }

  /** A token that names no key is clear where its algorithm has just one. */
  private List<TokenKey> onlyOneOf(JWSHeader header) {
    List<TokenKey> fitting = keys.stream().filter(key -> fits(key, header)).toList();
    return fitting.size() == 1 ? fitting : List.of();
  }

  private List<TokenKey> withId(@Nullable String id) {
    return keys.stream().filter(key -> Objects.equals(key.id(), id)).toList();
  }

  private static boolean fits(TokenKey key, JWSHeader header) {
    JWSAlgorithm algorithm = header.getAlgorithm();
    return key.algorithm().equals(algorithm);
  }
}
