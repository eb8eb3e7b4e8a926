package io.drawbridge.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbridge.config.AuthConfig;
import io.drawbridge.permission.TokenVerifier;
import io.drawbridge.permission.TokenVerifier.Verification.Accepted;
import io.drawbridge.permission.TokenVerifiers;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningKeyTest {

  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() throws Exception {
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  @Test
  void aTokenOfTheKeyIsGoodForTheServerOfTheSameFolder() throws Exception {
    Path data = folder.resolve("data");
    String token =
        SigningKey.openOrCreate(data)
            .token("alice", List.of("chat:read", "chat:write"), Duration.ofHours(1));

    var verification = verifier(data).verify(token).await(10, TimeUnit.SECONDS);

    assertThat(verification).isInstanceOf(Accepted.class);
    var subject = ((Accepted) verification).subject();
    assertThat(subject.name()).isEqualTo("alice");
    assertThat(subject.authorities()).containsExactlyInAnyOrder("chat:read", "chat:write");
    assertThat(subject.signedIn()).isTrue();
  }

  @Test
  void aTokenOfAnotherKeyIsRefused() throws Exception {
    String foreign =
        SigningKey.openOrCreate(folder.resolve("theirs"))
            .token("alice", List.of(), Duration.ofHours(1));

    var verification = verifier(folder.resolve("ours")).verify(foreign).await(10, TimeUnit.SECONDS);

    assertThat(verification)
        .isEqualTo(
            new TokenVerifier.Verification.Refused(
                false, "the token is signed with an unknown key"));
  }

  @Test
  void theKeyIsItsOwnersAlone() throws Exception {
    SigningKey.openOrCreate(folder);

    assertThat(rights(folder.resolve("keys"))).isEqualTo("rwx------");
    assertThat(rights(folder.resolve("keys/signing.json"))).isEqualTo("rw-------");
    try (var files = Files.list(folder.resolve("keys"))) {
      assertThat(files).as("no draft is left behind").hasSize(1);
    }
  }

  @Test
  void aKeyThatOthersMayReadIsRefusedWithTheRemedy() throws Exception {
    SigningKey.openOrCreate(folder);
    Path file = folder.resolve("keys/signing.json");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

    assertThatThrownBy(() -> SigningKey.openOrCreate(folder))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("chmod 600 " + file);
  }

  @Test
  void aKeyFolderThatOthersMayEnterIsRefusedWithTheRemedy() throws Exception {
    SigningKey.openOrCreate(folder);
    Path keys = folder.resolve("keys");
    Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rwxr-x---"));

    assertThatThrownBy(() -> SigningKey.openOrCreate(folder))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("chmod 700 " + keys);
  }

  @Test
  void aCorruptKeyIsNamedAndItsTextIsNot() throws Exception {
    SigningKey.openOrCreate(folder);
    Path file = folder.resolve("keys/signing.json");
    for (String text :
        List.of("", "sesame", "{\"kty\":\"oct\",\"k\":\"c2VzYW1l\",\"alg\":\"HS256\"}")) {
      Files.writeString(file, text);

      assertThatThrownBy(() -> SigningKey.openOrCreate(folder))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining(file.toString())
          .hasMessageNotContaining("sesame")
          .hasNoCause();
    }
  }

  @Test
  void twoThatStartAtOnceShareOneKey() throws Exception {
    var keys =
        java.util.stream.IntStream.range(0, 8)
            .parallel()
            .mapToObj(i -> SigningKey.openOrCreate(folder))
            .toList();

    var verifier = verifier(folder);
    for (SigningKey key : keys) {
      var token = key.token("alice", List.of(), Duration.ofMinutes(1));
      assertThat(verifier.verify(token).await(10, TimeUnit.SECONDS)).isInstanceOf(Accepted.class);
    }
  }

  @Test
  void aTokenNeedsASubjectAndALife() {
    var key = SigningKey.openOrCreate(folder);

    assertThatThrownBy(() -> key.token(" ", List.of(), Duration.ofHours(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> key.token("alice", List.of(), Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private TokenVerifier verifier(Path data) throws Exception {
    return TokenVerifiers.open(vertx, embedded(), 16_384, data).await(10, TimeUnit.SECONDS);
  }

  private static AuthConfig embedded() {
    return new AuthConfig(
        null,
        List.of(),
        List.of("HS256"),
        null,
        List.of(),
        "permissions",
        List.of(),
        5,
        300,
        null,
        false,
        new AuthConfig.Login(Path.of("users.json"), 3600, 30, 10, 64));
  }

  private static String rights(Path path) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
