package io.drawbridge.signin;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.signin.SignInServer.Response;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoginFloodTest {

  @TempDir Path folder;

  @Test
  void oneAddressHasSoManyTriesAMinuteAndIsToldWhenToTryAgain() throws Exception {
    String limits = "{\"login\": {\"perMinuteAddress\": 3, \"perMinuteUser\": 100}}";
    try (var server = SignInServer.start(folder, "127.0.0.1", SignInTest.USERS, limits)) {
      Response last = null;
      for (int i = 0; i < 8; i++) {
        last = server.post("/auth/login", "{}", "Test-Client: 192.0.2.1");
      }

      assertThat(last.status()).isEqualTo(429);
      assertThat(last.head()).containsPattern("(?i)retry-after: [1-9]");
      assertThat(last.body().getString("error")).startsWith("Too many tries; wait ");
      assertThat(server.post("/auth/login", "{}", "Test-Client: 192.0.2.2").status())
          .as("another address")
          .isEqualTo(400);
    }
  }

  @Test
  void oneNameHasSoManyTriesAMinuteFromWhereverTheyCome() throws Exception {
    String limits = "{\"login\": {\"perMinuteAddress\": 100, \"perMinuteUser\": 3}}";
    try (var server = SignInServer.start(folder, "127.0.0.1", SignInTest.USERS, limits)) {
      Response dora = null;
      Response unknown = null;
      for (int i = 0; i < 7; i++) {
        dora = server.login("dora", "wrong " + i, "Test-Client: 192.0.2." + i);
        unknown = server.login("nobody", "wrong " + i, "Test-Client: 192.0.2." + i);
      }

      assertThat(dora.status()).isEqualTo(429);
      assertThat(unknown.status()).as("unknown names are counted alike").isEqualTo(429);
    }
  }

  @Test
  void whoKnowsThePasswordGuessesNothingAndIsNotCounted() throws Exception {
    String limits = "{\"login\": {\"perMinuteAddress\": 100, \"perMinuteUser\": 3}}";
    try (var server = SignInServer.start(folder, "127.0.0.1", SignInTest.USERS, limits)) {
      for (int i = 0; i < 7; i++) {
        assertThat(server.login("dora", "correct horse").status())
            .as("sign-in %d", i)
            .isEqualTo(200);
      }

      Response guess = null;
      for (int i = 0; i < 7; i++) {
        guess = server.login("dora", "wrong " + i);
      }
      assertThat(guess.status()).isEqualTo(429);
    }
  }

  @Test
  void countsStartAnewEachMinuteAndTheTableNeverGrows() {
    var clock = new MovedClock();
    var counts = new TryCounts(2, clock);

    assertThat(counts.count("a")).isZero();
    assertThat(counts.count("a")).isZero();
    assertThat(counts.count("a")).isBetween(1, 60);
    for (int i = 0; i < 1_000_000; i++) {
      counts.count("key " + i);
    }
    assertThat(counts.count("one more")).as("a full table refuses").isPositive();
    clock.now = clock.now.plusSeconds(60);
    assertThat(counts.count("a")).isZero();
    assertThat(counts.count("one more")).isZero();
  }

  @Test
  void aNetworkOfIpv6IsOneClient() {
    assertThat(ClientKey.of("2001:db8:1:2:3:4:5:6")).isEqualTo(ClientKey.of("2001:db8:1:2::9"));
    assertThat(ClientKey.of("2001:db8:1:2::1")).isNotEqualTo(ClientKey.of("2001:db8:1:3::1"));
    assertThat(ClientKey.of("192.0.2.1")).isNotEqualTo(ClientKey.of("192.0.2.2"));
    assertThat(ClientKey.of("unknown")).isEqualTo("unknown");
  }

  @Test
  void moreChecksThanMayWaitAreRefusedAtOnce() throws Exception {
    Vertx vertx = Vertx.vertx();
    try {
      var check = new PasswordCheck(vertx, 3);
      PasswordHash hash = Passwords.nobodys();
      var under = new ArrayList<Future<Boolean>>();
      int refused = 0;
      for (int i = 0; i < 20; i++) {
        Future<Boolean> one = check.check(hash, "password");
        if (one == null) {
          refused++;
        } else {
          under.add(one);
        }
      }

      assertThat(refused).isGreaterThanOrEqualTo(10);
      Future.all(under).await(20, TimeUnit.SECONDS);
      assertThat(check.check(hash, "password")).as("places are free again").isNotNull();
    } finally {
      vertx.close().await(10, TimeUnit.SECONDS);
    }
  }

  /** Stands still until told. */
  private static final class MovedClock extends Clock {
    private Instant now = Instant.EPOCH.plus(Duration.ofDays(20_000));

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
