package io.drawbridge.permission;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import org.jspecify.annotations.Nullable;

/**
 * A key that verifies tokens of exactly one algorithm.
 *
 * @param id the {@code kid}; null for a key that came without one, such as a PEM file's
 */
record TokenKey(@Nullable String id, JWSAlgorithm algorithm, JWSVerifier verifier) {

  @Override
  public String toString() {
    return "TokenKey[" + id + ", " + algorithm + "]";
  }
}
