package io.drawbridge.signin;

import io.drawbridge.config.ConfigException;
import io.drawbridge.config.Mistake;
import io.drawbridge.config.UsersReader;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes people of {@code users.json}, or names every mistake in it. */
final class UsersFile {

  private static final String HASH_OR_DEMO =
      "Give a hash as ./run hash-password prints it, or \"demo\": true and a password";

  private final String file;
  private final Map<String, Person> people = new LinkedHashMap<>();
  private final List<Mistake> mistakes = new ArrayList<>();

  private UsersFile(String file) {
    this.file = file;
  }

  /**
   * Reads a file; without one nobody signs in, which the settings' own warnings say.
   *
   * @throws ConfigException with all mistakes, none of which quotes a hash or a password
   */
  static Users read(Path path, Map<String, String> environment) {
    if (Files.notExists(path)) {
      return new Users(List.of());
    }
    JsonArray users = UsersReader.read(path, environment).getJsonArray("users");
    var reader = new UsersFile(path.toString());
    for (int i = 0; i < users.size(); i++) {
      reader.add(users.getJsonObject(i), "/users/" + i);
    }
    if (!reader.mistakes.isEmpty()) {
      throw new ConfigException(reader.mistakes);
    }
    return new Users(reader.people.values());
  }

  private void add(JsonObject user, String place) {
    String username = user.getString("username");
    if (username.isBlank() || username.chars().anyMatch(Character::isISOControl)) {
      mistake(place + "/username", "is blank or holds a control character", "Give a readable name");
      return;
    }
    Person person = person(user, username, place);
    if (person != null && people.putIfAbsent(username, person) != null) {
      mistake(place + "/username", "is taken", "Names are for one person each");
    }
  }

  private @Nullable Person person(JsonObject user, String username, String place) {
    String hash = user.getString("hash");
    String password = user.getString("password");
    Set<String> authorities =
        user.getJsonArray("authorities").stream()
            .map(String.class::cast)
            .collect(Collectors.toSet());
    if (hash != null && password != null) {
      mistake(place, "has both a hash and a password", HASH_OR_DEMO);
    } else if (Boolean.TRUE.equals(user.getBoolean("demo"))) {
      return demo(username, password, authorities, place);
    } else if (password != null) {
      mistake(
          place + "/password", "stands in the clear, which only demo people's may", HASH_OR_DEMO);
    } else if (hash == null) {
      mistake(place, "can't sign in without a hash", HASH_OR_DEMO);
    } else {
      return resident(username, hash, authorities, place);
    }
    return null;
  }

  private @Nullable Person demo(
      String username, @Nullable String password, Set<String> authorities, String place) {
    if (password == null) {
      mistake(place, "is a demo person without a password", HASH_OR_DEMO);
      return null;
    }
    return new Person.Demo(username, password, authorities);
  }

  private @Nullable Person resident(
      String username, String hash, Set<String> authorities, String place) {
    try {
      return new Person.Resident(username, PasswordHash.parse(hash), authorities);
    } catch (IllegalArgumentException unusable) {
      mistake(place + "/hash", String.valueOf(unusable.getMessage()), HASH_OR_DEMO);
      return null;
    }
  }

  private void mistake(String pointer, String problem, String suggestion) {
    mistakes.add(new Mistake(file, pointer, problem, suggestion));
  }
}
