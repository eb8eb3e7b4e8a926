package io.drawbridge.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbridge.config.ConfigException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsersFileTest {

  private static final String HASH =
      "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA"
          + "$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

  @TempDir Path folder;

  @Test
  void theShippedPeopleAreDemoPeopleAlone() {
    Users users = UsersFile.read(shipped(), Map.of());

    assertThat(users.demo())
        .extracting(Person.Demo::username)
        .containsExactly("alice", "bob", "carol");
    assertThat(users.find("alice", false)).isNull();
    assertThat(users.find("carol", true).authorities())
        .contains("drawbridge:admin", "persistence:read", "persistence:write");
  }

  @Test
  void aHashMayComeFromTheEnvironment() throws Exception {
    Path file =
        write("{'users':[{'username':'dora','hash':'${DORA}','authorities':['chat:read']}]}");

    Users users = UsersFile.read(file, Map.of("DORA", HASH));

    assertThat(users.find("dora", false).authorities()).containsExactly("chat:read");
  }

  @Test
  void withoutAFileNobodySignsIn() {
    Users users = UsersFile.read(folder.resolve("none.json"), Map.of());

    assertThat(users.demo()).isEmpty();
    assertThat(users.find("alice", true)).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "[]                                                             | object",
        "{'users':[],'users':[]}                                        | twice",
        "{'people':[]}                                                  | /people",
        "{'users':{}}                                                   | /users",
        "{'users':[{'username':'a','hash':'HASH'}]}                     | /users/0/authorities",
        "{'users':[{'username':'a','hash':'HASH','authorities':'x'}]}   | /users/0/authorities",
        "{'users':[{'username':'a','hsah':'HASH','authorities':[]}]}    | Did you mean \"hash\"?",
        "{'users':[{'username':' ','hash':'HASH','authorities':[]}]}    | /users/0/username",
        "{'users':[{'username':'a','authorities':[]}]}                  | without a hash",
        "{'users':[{'username':'a','password':'sesame','authorities':[]}]} | in the clear",
        "{'users':[{'username':'a','demo':true,'authorities':[]}]}      | without a password",
        "{'users':[{'username':'a','demo':true,'password':'sesame','hash':'HASH','authorities':[]}]}"
            + "| both a hash and a password",
        "{'users':[{'username':'a','hash':'$argon2id$sesame','authorities':[]}]} | /users/0/hash",
        "{'users':[{'username':'a','hash':'HASH','authorities':[]},"
            + "{'username':'a','hash':'HASH','authorities':[]}]} | /users/1/username"
      })
  void aMistakeIsNamedByFileAndPlace(String json, String named) throws Exception {
    Path file = write(json.strip());

    assertThatThrownBy(() -> UsersFile.read(file, Map.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(named.strip())
        .hasMessageNotContaining("sesame");
  }

  @Test
  void allMistakesAreNamedAtOnce() throws Exception {
    Path file =
        write(
            "{'users':[{'username':'a','authorities':[]},"
                + "{'username':'b','password':'x','authorities':[]}]}");

    assertThatThrownBy(() -> UsersFile.read(file, Map.of()))
        .hasMessageContaining("/users/0")
        .hasMessageContaining("/users/1");
  }

  private Path write(String json) throws Exception {
    return Files.writeString(
        folder.resolve("users.json"), json.replace('\'', '"').replace("HASH", HASH));
  }

  private static Path shipped() {
    return Path.of(System.getProperty("drawbridge.root"), "conf", "users.json");
  }
}
