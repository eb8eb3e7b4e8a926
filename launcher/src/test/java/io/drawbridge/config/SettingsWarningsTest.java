package io.drawbridge.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsWarningsTest {

  @TempDir Path directory;

  @Test
  void isSilentAboutTheDefaults() {
    assertThat(warnings("{}")).isEmpty();
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"http": {"host": "0.0.0.0"}}                       | /http/host: "0.0.0.0" is reachable from outside, and passwords and tokens go there in the clear.
          {"http": {"trustedProxies": ["0.0.0.0/0"]}}         | /http/trustedProxies: every client is believed when it says who it is.
          {"admin": {"from": ["::/0"]}}                       | /admin/from: the admin API is open to every network.
          {"auth": {"queryToken": true}}                      | /auth/queryToken: tokens in addresses end up in the logs of proxies.
          {"auth": {"jwks": "http://i.example/c", "issuer": "i", "audience": ["a"]}} | /auth/jwks: keys that come without TLS can be swapped on the way, and with them who may sign in.
          {"permissions": [{"address": "**", "send": "anyone"}]} | /permissions/0: lets anyone, signed in or not, speak to every address in the cluster.
          {"permissions": [{"address": "a", "send": ["x", "signed_in"]}]} | /permissions/0/send: "signed_in" is an authority that tokens must name. Did you mean "signed-in"?
          {"limits": {"idleSeconds": 30}}                     | /limits/idleSeconds: clients that have nothing to say are cut before their next ping.
          {"database": {"uri": "postgresql://u:p@db.example/x"}} | /database/uri: the way to the database is not encrypted.
          {"plugins": {"containment": {"connections": 900}}, "database": {"connections": 9}} | /plugins/containment/connections: one plugin may take all 9 connections of the database, and others wait. Give fewer, or raise database.connections
          """)
  void warnsOf(String json, String warning) {
    assertThat(warnings(json))
        .singleElement()
        .asString()
        .startsWith(directory.resolve("drawbridge.json") + ":" + warning);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"http": {"host": "::1"}}
          {"http": {"host": "localhost"}}
          {"http": {"host": "0.0.0.0", "trustedProxies": ["10.0.0.0/8"]}}
          {"auth": {"jwks": "http://127.0.0.1/c", "issuer": "i", "audience": ["a"]}}
          {"permissions": [{"address": "**", "register": "anyone"}]}
          {"database": {"uri": "postgresql://u:p@127.0.0.1:5432/x"}}
          {"database": {"uri": "postgresql://u:p@db.example/x?sslmode=verify-full"}}
          """)
  void isSilentAbout(String json) {
    assertThat(warnings(json)).isEmpty();
  }

  private List<String> warnings(String json) {
    return Mistakes.lines(SettingsReader.warnings(SettingsReader.read(json, directory, Map.of())));
  }
}
