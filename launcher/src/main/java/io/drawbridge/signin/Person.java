package io.drawbridge.signin;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Set;

/** Somebody who may sign in, as {@code users.json} says. */
sealed interface Person {

  String username();

  Set<String> authorities();

  /** Somebody real, whose password nobody knows. */
  record Resident(String username, PasswordHash hash, Set<String> authorities) implements Person {
    public Resident {
      authorities = Set.copyOf(authorities);
    }
  }

  /** Somebody made up, whose password the sign-in page shows; see {@link DemoGate}. */
  record Demo(String username, String password, Set<String> authorities) implements Person {
    public Demo {
      authorities = Set.copyOf(authorities);
    }

    @Override
    public String toString() {
      return "Demo[" + username + "]";
    }

    boolean hasPassword(String tried) {
      return MessageDigest.isEqual(
          password.getBytes(StandardCharsets.UTF_8), tried.getBytes(StandardCharsets.UTF_8));
    }
  }
}
