package io.drawbridge.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.pgclient.SslMode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectionUriTest {

  @TempDir Path folder;

  @Test
  void readsWhoWhereAndWhat() {
    var options = ConnectionUri.parse("postgresql://me:p%40ss@db.example.com:6432/things");

    assertThat(options.getUser()).isEqualTo("me");
    assertThat(options.getPassword()).isEqualTo("p@ss");
    assertThat(options.getHost()).isEqualTo("db.example.com");
    assertThat(options.getPort()).isEqualTo(6432);
    assertThat(options.getDatabase()).isEqualTo("things");
  }

  @Test
  void prefersTlsUnlessToldOtherwise() {
    assertThat(ConnectionUri.parse("postgresql://db/x").getSslMode()).isEqualTo(SslMode.PREFER);
    assertThat(ConnectionUri.parse("postgresql://db/x?sslmode=disable").getSslMode())
        .isEqualTo(SslMode.DISABLE);
  }

  @Test
  void verifiesTheServersNameWhereItShall() throws Exception {
    Path root = Files.writeString(folder.resolve("root.pem"), "");
    var options = ConnectionUri.parse("postgresql://db/x?sslmode=verify-full&sslrootcert=" + root);

    assertThat(options.getSslMode()).isEqualTo(SslMode.VERIFY_FULL);
    assertThat(options.getSslOptions().getHostnameVerificationAlgorithm()).isEqualTo("HTTPS");
    assertThat(options.getSslOptions().isTrustAll()).isFalse();
    assertThat(options.getSslOptions().getTrustOptions()).isNotNull();
  }

  @Test
  void passesOnWhatTheServerShallKnow() {
    var options = ConnectionUri.parse("postgresql://db/x?search_path=app&application_name=me");

    assertThat(options.getProperties())
        .containsEntry("search_path", "app")
        .containsEntry("application_name", "me");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          mysql://me:secret@db/x                        | can't be read
          postgresql://me:secret@db:port/x              | can't be read
          postgresql://me:se/cret@db/x                  | can't be read
          postgresql://me:secret@db/x?sslmode=maybe     | sslmode=maybe
          postgresql://me:secret@db/x?sslmode=allow     | sslmode=allow
          postgresql://me:secret@db/x?sslmode=verify-full | sslrootcert
          postgresql://me:secret@db/x?sslmode=verify-ca&sslrootcert=/no/such | can't be read
          postgresql://me:secret@db/x?sslmod=require    | «sslmod»
          postgresql://me:secret@db/x?password=secret2  | «password»
          """)
  void saysWhatIsWrongAndNeverThePassword(String uri, String problem) {
    assertThatThrownBy(() -> ConnectionUri.parse(uri))
        .isInstanceOf(DatabaseException.class)
        .hasMessageStartingWith("database.uri")
        .hasMessageContaining(problem)
        .hasMessageNotContaining("secret")
        .hasNoCause();
  }
}
