package io.drawbridge.signin;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What somebody signs in with: the body of {@code POST /auth/login}. */
record Credentials(String username, String password) {

  /** The longest user name. */
  static final int NAME_LENGTH = 255;

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** Reads a body; null if it is anything but an object of just these two strings. */
  static @Nullable Credentials parse(byte[] body) {
    try {
      JsonNode tree = JSON.readTree(body);
      JsonNode username = tree.path("username");
      JsonNode password = tree.path("password");
      if (tree.size() == 2 && username.isTextual() && password.isTextual()) {
        return new Credentials(username.textValue(), password.textValue()).bounded();
      }
    } catch (IOException noJson) {
      // What it was is nobody's business: it may hold a password.
    }
    return null;
  }

  private @Nullable Credentials bounded() {
    boolean good =
        !username.isBlank()
            && username.length() <= NAME_LENGTH
            && username.chars().noneMatch(Character::isISOControl)
            && password.length() <= Passwords.LONGEST
            && StandardCharsets.UTF_8.newEncoder().canEncode(username + password);
    return good ? this : null;
  }

  @Override
  public String toString() {
    return "Credentials[***]";
  }
}
