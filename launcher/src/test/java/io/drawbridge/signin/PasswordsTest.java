package io.drawbridge.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordsTest {

  private static final String SALT = "c29tZXNhbHRzb21lc2FsdA";
  private static final String HASH = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

  @Test
  void aHashFitsItsPasswordAndNoOther() {
    String text = Passwords.hash("pässword".toCharArray());

    assertThat(text).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
    assertThat(PasswordHash.parse(text).matches("pässword".toCharArray())).isTrue();
    assertThat(PasswordHash.parse(text).matches("password".toCharArray())).isFalse();
    assertThat(Passwords.hash("pässword".toCharArray())).as("salted").isNotEqualTo(text);
  }

  /** Made by the reference implementation's command line: argon2 somesalt -id -t 2 -m 16 -p 1. */
  @Test
  void itAgreesWithTheReferenceImplementation() {
    var hash =
        PasswordHash.parse(
            "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ"
                + "$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc");

    assertThat(hash.matches("password".toCharArray())).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "wonderland",
        "$2a$10$abcdefghijklmnopqrstuv",
        "$argon2i$v=19$m=19456,t=2,p=1$" + SALT + "$" + HASH,
        "$argon2id$v=16$m=19456,t=2,p=1$" + SALT + "$" + HASH,
        "$argon2id$v=19$m=19456,t=2,p=1$" + SALT,
        "$argon2id$v=19$m=19456,t=2,p=1$" + SALT + "AAA$" + HASH,
        "$argon2id$v=19$m=8,t=1,p=1$" + SALT + "$" + HASH,
        "$argon2id$v=19$m=19456,t=0,p=1$" + SALT + "$" + HASH,
        "$argon2id$v=19$m=9999999,t=2,p=1$" + SALT + "$" + HASH,
        "$argon2id$v=19$m=19456,t=999,p=1$" + SALT + "$" + HASH,
        "$argon2id$v=19$m=19456,t=2,p=99$" + SALT + "$" + HASH
      })
  void whatIsNoSaneHashIsRefusedAndNotQuoted(String text) {
    assertThatThrownBy(() -> PasswordHash.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("wonderland")
        .hasMessageNotContaining(HASH);
  }

  @Test
  void shortAndEndlessPasswordsAreNotHashed() {
    assertThatThrownBy(() -> Passwords.hash("1234567".toCharArray()))
        .hasMessage("a password has 8 to 512 characters");
    assertThatThrownBy(() -> Passwords.hash("1".repeat(513).toCharArray()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void nothingShowsAHashOrAPassword() {
    String text = Passwords.hash("wonderland".toCharArray());
    var resident = new Person.Resident("dora", PasswordHash.parse(text), java.util.Set.of());
    var demo = new Person.Demo("alice", "wonderland", java.util.Set.of());

    assertThat(resident.toString()).doesNotContain("argon2").doesNotContain(text.substring(60));
    assertThat(demo.toString()).doesNotContain("wonderland");
    assertThat(new Credentials("dora", "wonderland").toString()).doesNotContain("wonderland");
    assertThat(new Answer.Token("e30.e30.e30", 1).toString()).doesNotContain("e30");
  }

  @Test
  void anUnknownNameCostsWhatTheCostliestKnownOneDoes() {
    var cheap = PasswordHash.parse("$argon2id$v=19$m=19456,t=2,p=1$" + SALT + "$" + HASH);
    var dear = PasswordHash.parse("$argon2id$v=19$m=47104,t=3,p=1$" + SALT + "$" + HASH);
    var users =
        new Users(
            java.util.List.of(
                new Person.Resident("a", cheap, java.util.Set.of()),
                new Person.Resident("b", dear, java.util.Set.of())));

    assertThat(users.nobody().memoryKib()).isEqualTo(47104);
    assertThat(users.nobody().passes()).isEqualTo(3);
    assertThat(users.nobody().matches("anything".toCharArray())).isFalse();
  }
}
