package io.drawbridge.acceptance.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.acceptance.ServerProcess;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person sees of a server that stops and comes back. */
class RestartTest {

  private static final int MESSAGES = 120;

  @Test
  void historyIsScrolledOverARestartAndLiveChatGoesOn(@TempDir Path data) {
    try (var chromium = Chromium.start();
        var first = ServerProcess.start(data);
        var alice = new Visitor(chromium, first.url());
        var bob = new Visitor(chromium, first.url())) {
      alice.signInAs("alice").enter("history");
      bob.signInAs("bob").enter("history");
      post(alice);
      bob.sees("message " + MESSAGES);
      String port = Integer.toString(first.port());

      first.stop();
      assertThat(alice.page().locator("#banner-text")).containsText("Trying again");
      try (var second = ServerProcess.start(data, "--port", port)) {
        alice.button("Try now").click();
        assertThat(alice.page().locator("#connection")).hasAttribute("data-state", "open");
        assertThat(alice.page().locator("#banner")).isHidden();
        assertThat(bob.page().locator("#connection")).hasAttribute("data-state", "open");
        alice.say("and on it goes");
        bob.sees("and on it goes");

        bob.page().reload();
        bob.sees("and on it goes");
        assertThat(bob.messages("message 1")).hasCount(0);
        scrollToTheBeginning(bob);

        assertThat(bob.page().locator(".message")).hasCount(MESSAGES + 1);
        assertThat(bob.page().locator(".message .text").first()).hasText("message 1");
        assertThat(bob.page().locator(".message .text").last()).hasText("and on it goes");
        assertThat(second.stop()).isZero();
      }
    }
  }

  @Test
  void whatOneReadsStaysInItsPlaceWhileOlderMessagesLoad(@TempDir Path data) {
    try (var chromium = Chromium.start();
        var server = ServerProcess.start(data);
        var alice = new Visitor(chromium, server.url())) {
      alice.signInAs("alice").enter("place");
      post(alice);
      alice.page().reload();
      alice.sees("message " + MESSAGES);
      alice.waitUntil("document.querySelectorAll('.message').length === 50");

      Object moved =
          alice
              .page()
              .evaluate(
                  """
                  async () => {
                    const log = document.getElementById('log');
                    const line = document.querySelector('.message .text');
                    log.scrollTop = 60;
                    await new Promise((done) => requestAnimationFrame(done));
                    const before = line.getBoundingClientRect().top;
                    while (document.querySelectorAll('.message').length === 50) {
                      await new Promise((done) => requestAnimationFrame(done));
                    }
                    return Math.abs(line.getBoundingClientRect().top - before);
                  }
                  """);

      assertThat(((Number) moved).doubleValue()).isLessThan(2);
    }
  }

  /** As fast as the server takes them, through the page's own client. */
  private static void post(Visitor visitor) {
    visitor
        .page()
        .evaluate(
            """
            async ([room, count]) => {
              const { connect } = await import('/client/drawbridge.js');
              const { token } = JSON.parse(sessionStorage.getItem('drawbridge.session'));
              const bridge = connect('/eventbus', { token });
              for (let i = 1; i <= count; i += 1) {
                const { body } = await bridge.request('chat.post', { room, text: `message ${i}` });
                if (body.stored !== true) throw new Error('not kept: ' + i);
              }
              bridge.close();
            }
            """,
            new Object[] {visitor.page().locator("#room-name").textContent(), MESSAGES});
  }

  private static void scrollToTheBeginning(Visitor visitor) {
    for (int i = 0; i < 50 && visitor.messages("message 1").count() == 0; i++) {
      int held = visitor.page().locator(".message").count();
      visitor.page().locator("#log").evaluate("(log) => { log.scrollTop = 0; }");
      visitor.waitUntil("document.querySelectorAll('.message').length > " + held);
    }
    assertThat(visitor.page().locator("#log-top-text")).hasText("This is where history begins.");
  }
}
