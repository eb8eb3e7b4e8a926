package io.drawbridge.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormatsTest {

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "host, 127.0.0.1",
    "host, 0.0.0.0",
    "host, ::",
    "host, ::1",
    "host, drawbridge.example.com",
    "origins, same",
    "origin, https://app.example.com",
    "origin, http://localhost:3000",
    "origin, http://[::1]:3000",
    "network, 10.0.0.0/8",
    "network, 192.168.1.7/32",
    "network, fd00::/8",
    "network, ::1/128",
    "network, ::/0",
    "claim-path, permissions",
    "claim-path, realm_access.roles",
    "http-url, https://login.example.com/certs",
    "postgres-uri, postgresql://app:pw@db.example.com:5432/app?sslmode=require",
    "address-pattern, chat.post",
    "address-pattern, chat.room.{room}",
    "address-pattern, inbox.{sub}",
    "address-pattern, '{claim:tenant}.orders.**'",
    "address-pattern, 'x.{claim:https://example.com/tenant}'",
    "address-pattern, **"
  })
  void accepts(String format, String text) {
    assertThat(Formats.complaint(format, text)).isNull();
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          host            | 127.0.0.1:8080          | Give it as http.port
          host            | http://localhost        | Give a name or an IP address alone, such as 0.0.0.0 or ::
          host            | [::1]                   | Give a name or an IP address alone, such as 0.0.0.0 or ::
          origins         | all                     | Write "same" or ["https://app.example.com"]
          origin          | *                       | Name each origin that may
          origin          | null                    | Name each origin that may
          origin          | https://app.example.com/ | Leave out the / at its end
          origin          | app.example.com         | Write scheme, host in lower case, port if any: https://app.example.com
          origin          | https://APP.example.com | Write scheme, host in lower case, port if any: https://app.example.com
          network         | 10.0.0.0                | Write 10.0.0.0/32 for this one address
          network         | fd00::1                 | Write fd00::1/128 for this one address
          network         | 10.0.0.0/33             | Give one from 0 to 32
          network         | 10.0.0/8                | Write an IP address and a length: 10.0.0.0/8, fd00::/8
          network         | 300.0.0.0/8             | Write an IP address and a length: 10.0.0.0/8, fd00::/8
          network         | proxy.local/8           | Write an IP address and a length: 10.0.0.0/8, fd00::/8
          claim-path      | realm_access..roles     | Write names between dots: realm_access.roles
          http-url        | login.example.com       | Write https://host/path
          http-url        | ftp://login.example.com | Write https://host/path
          postgres-uri    | mysql://db/app          | Write postgresql://user:password@host:5432/name, special signs percent-encoded
          address-pattern | chat..post              | Look for two dots, or a dot at an end
          address-pattern | chat.                   | Look for two dots, or a dot at an end
          address-pattern | ``                      | Look for two dots, or a dot at an end
          address-pattern | chat.*                  | Write {x} for one part, ** for one or more
          address-pattern | chat.room-{room}        | A wildcard is a part of its own: {x} for one part, ** for one or more
          address-pattern | chat.{}                 | Write {x}, {sub} or {claim:name}
          address-pattern | chat.{claim:}           | Write {x}, {sub} or {claim:name}
          address-pattern | a.**.**                 | Write {x}.** for two or more parts
          address-pattern | a b                     | Remove it
          address-pattern | __vertx.x               | Remove the rule
          address-pattern | eb.welcome              | Remove the rule
          """)
  void saysWhatToDo(String format, String text, String suggestion) {
    assertThat(Formats.complaint(format, text))
        .isNotNull()
        .extracting(Complaint::suggestion)
        .isEqualTo(suggestion);
  }
}
