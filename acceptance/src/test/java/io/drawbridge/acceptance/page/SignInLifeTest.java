package io.drawbridge.acceptance.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.acceptance.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sign-in that nears its end, on a server whose tokens live for the shortest time allowed. */
class SignInLifeTest {

  /** The server says so 25 s before the end, so that a person hears of it after 5 s. */
  private static final String SHORT = "\"auth\": {\"login\": {\"tokenSeconds\": 30}}, ";

  @TempDir static Path folder;
  private static ServerProcess server;
  private static Chromium chromium;

  @BeforeAll
  static void start() throws IOException {
    Path conf = copyOf(ServerProcess.home().resolve("conf"), folder.resolve("conf"));
    Path settings = conf.resolve("drawbridge.json");
    Files.writeString(
        settings, Files.readString(settings).replaceFirst("\"http\":", SHORT + "\"http\":"));
    server = ServerProcess.start(folder.resolve("data"), "--conf", conf.toString());
    chromium = Chromium.start();
  }

  @AfterAll
  static void stop() {
    chromium.close();
    server.close();
  }

  @Test
  void aTokenThatRunsOutIsRenewedOnTheSameConnection() {
    try (var alice = new Visitor(chromium, server.url())) {
      alice.signInAs("alice");
      String session = sessionOf(alice);
      Object first = tokenOf(alice);

      alice.waitUntil(
          "!sessionStorage.getItem('drawbridge.session').includes('%s')".formatted(first));
      assertThat(alice.page().locator("#connection")).hasAttribute("data-state", "open");
      alice.say("still signed in");

      alice.sees("still signed in");
      assertThat(sessionOf(alice)).isEqualTo(session);
    }
  }

  @Test
  void aTokenThatHasRunOutAsksForANewSignIn() {
    try (var alice = new Visitor(chromium, server.url())) {
      alice.signInAs("alice");
      // As a laptop finds it that was closed over night: the token is no token any more.
      alice
          .page()
          .evaluate(
              """
              () => {
                const session = JSON.parse(sessionStorage.getItem('drawbridge.session'));
                session.until = 0;
                session.token = session.token.slice(0, -4) + 'AAAA';
                sessionStorage.setItem('drawbridge.session', JSON.stringify(session));
              }
              """);
      alice.page().reload();

      assertThat(alice.page().locator("#sign-in-notice"))
          .hasText("Your sign-in has ended. Sign in again to go on.");
      alice.signInAs("alice");
    }
  }

  private static Object tokenOf(Visitor visitor) {
    return visitor
        .page()
        .evaluate("() => JSON.parse(sessionStorage.getItem('drawbridge.session')).token");
  }

  private static String sessionOf(Visitor visitor) {
    return visitor.page().locator("#connection-facts").textContent().replaceAll(".*Session", "");
  }

  private static Path copyOf(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path copy = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(file, copy);
        }
      }
    }
    return to;
  }
}
