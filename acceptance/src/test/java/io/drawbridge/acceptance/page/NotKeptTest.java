package io.drawbridge.acceptance.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import io.drawbridge.acceptance.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Chat on a server that has nowhere to keep messages. */
class NotKeptTest {

  @Test
  void liveChatGoesOnAndSaysThatNothingIsKept(@TempDir Path folder) throws IOException {
    Path plugins = chatAlone(folder.resolve("plugins"));
    try (var chromium = Chromium.start();
        var server = ServerProcess.start(folder.resolve("data"), "--plugins", plugins.toString());
        var alice = new Visitor(chromium, server.url());
        var bob = new Visitor(chromium, server.url())) {
      alice.signInAs("alice");
      bob.signInAs("bob");
      assertThat(bob.page().locator("#log-top-text")).containsText("can't be shown");

      alice.say("gone tomorrow");

      bob.sees("gone tomorrow");
      assertThat(bob.page().locator(".message .note")).hasText("not kept");
      assertThat(bob.page().locator("#composer-note")).containsText("not kept right now");
      assertThat(alice.page().locator(".message .note")).hasText("not kept");
    }
  }

  private static Path chatAlone(Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> jars = Files.list(ServerProcess.home().resolve("plugins"))) {
      for (Path jar : jars.filter(it -> it.toString().contains("chat")).toList()) {
        Files.copy(jar, to.resolve(jar.getFileName()));
      }
    }
    return to;
  }
}
