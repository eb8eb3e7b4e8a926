package io.drawbridge.database;

import static io.drawbridge.database.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbridge.config.DatabaseConfig;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database elsewhere, named by its URI, that takes no connection without TLS. */
class ExternalDatabaseTest {

  @TempDir static Path folder;
  private static Vertx vertx;
  private static TlsPostgres postgres;

  @BeforeAll
  static void start() throws Exception {
    vertx = Vertx.vertx();
    postgres = TlsPostgres.start(folder.resolve("postgres"));
  }

  @AfterAll
  static void stop() {
    postgres.close();
    await(vertx.close());
  }

  @Test
  void isReachedByTlsWhenItsCertificateAndNameAreRight() {
    String uri =
        postgres.uri("127.0.0.1", "sslmode=verify-full&sslrootcert=" + postgres.authority());

    assertThat(isEncrypted(uri)).isTrue();
  }

  @Test
  void encryptsWhateverTheCertificateWhereThatIsAsked() {
    assertThat(isEncrypted(postgres.uri("localhost", "sslmode=require"))).isTrue();
  }

  @Test
  void refusesACertificateOfAnotherName() {
    String trusted = "&sslrootcert=" + postgres.authority();

    assertThat(isEncrypted(postgres.uri("localhost", "sslmode=verify-ca" + trusted))).isTrue();
    assertThatThrownBy(
            () -> isEncrypted(postgres.uri("localhost", "sslmode=verify-full" + trusted)))
        .hasMessageContaining("localhost")
        .hasMessageNotContaining(postgres.password());
  }

  @Test
  void refusesAnAuthorityThatNobodyNamed() throws Exception {
    Path other = TlsPostgres.Identity.make(folder, "other").certificate();

    assertThatThrownBy(
            () ->
                isEncrypted(postgres.uri("127.0.0.1", "sslmode=verify-full&sslrootcert=" + other)))
        .hasMessageNotContaining(postgres.password());
  }

  @Test
  void isNotReachedWithoutTls() {
    assertThatThrownBy(() -> isEncrypted(postgres.uri("127.0.0.1", "sslmode=disable")))
        .hasMessageContaining("no encryption")
        .hasMessageNotContaining(postgres.password());
  }

  /** Whether PostgreSQL itself says that the pool's connection is. */
  private static boolean isEncrypted(String uri) {
    SharedDatabase database =
        new SharedDatabase(vertx, new DatabaseConfig(uri, 2, 2, 5_000, 5, 30), folder);
    try {
      return await(
          database
              .pool()
              .compose(pool -> database.check().map(pool))
              .compose(
                  pool ->
                      pool.query("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")
                          .execute()
                          .map(rows -> rows.iterator().next().getBoolean(0))));
    } finally {
      await(database.close());
    }
  }
}
