package io.drawbridge.signin;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The people of the users file. */
final class Users {

  private final Map<String, Person> people = new LinkedHashMap<>();
  private final PasswordHash nobody;

  Users(Collection<Person> people) {
    people.forEach(person -> this.people.put(person.username(), person));
    nobody =
        people.stream()
            .filter(Person.Resident.class::isInstance)
            .map(person -> ((Person.Resident) person).hash())
            .max(Comparator.comparingInt(hash -> hash.memoryKib() * hash.passes()))
            .map(Passwords::nobodys)
            .orElseGet(Passwords::nobodys);
  }

  /** The owner of a name; demo people only if they may work. */
  @Nullable Person find(String username, boolean demo) {
    Person person = people.get(username);
    return person instanceof Person.Demo && !demo ? null : person;
  }

  /** A hash that no password fits, as costly to check as the costliest of somebody. */
  PasswordHash nobody() {
    return nobody;
  }

  List<Person.Demo> demo() {
    return people.values().stream()
        .filter(Person.Demo.class::isInstance)
        .map(Person.Demo.class::cast)
        .toList();
  }
}
