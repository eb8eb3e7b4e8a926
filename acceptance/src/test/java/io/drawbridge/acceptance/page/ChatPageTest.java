package io.drawbridge.acceptance.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Route;
import io.drawbridge.acceptance.ServerProcess;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** People at the page of a running server. */
class ChatPageTest {

  @TempDir static Path data;
  private static ServerProcess server;
  private static Chromium chromium;

  @BeforeAll
  static void start() {
    server = ServerProcess.start(data);
    chromium = Chromium.start();
  }

  @AfterAll
  static void stop() {
    chromium.close();
    server.close();
  }

  @Test
  void twoPeopleSeeEachOthersMessages() {
    try (var alice = new Visitor(chromium, server.url());
        var bob = new Visitor(chromium, server.url())) {
      alice.signInAs("alice").enter("two-people");
      bob.signInAs("bob").enter("two-people");
      assertThat(bob.page().locator("#log-top-text")).containsText("begins");

      alice.say("Good morning");
      bob.sees("Good morning");
      bob.say("Morning!");
      alice.sees("Morning!");

      assertThat(alice.messages("Good morning")).hasCount(1);
      assertThat(bob.page().locator(".message").first().locator(".byline b")).hasText("alice");
    }
  }

  @Test
  void textIsShownAsTextWhateverItSays() {
    String text = "<img src=x onerror=document.title='taken'> &amp; </li><script>1</script>";
    try (var alice = new Visitor(chromium, server.url())) {
      alice.signInAs("alice").enter("markup");
      alice.say(text);

      alice.sees(text);
      assertThat(alice.page().locator("#messages img, #messages script")).hasCount(0);
      assertThat(alice.page()).hasTitle("markup · Drawbridge");
    }
  }

  @Test
  void shiftEnterStartsANewLineAndEnterSends() {
    try (var alice = new Visitor(chromium, server.url())) {
      alice.signInAs("alice").enter("lines");
      alice.composer().fill("one");
      alice.composer().press("Shift+Enter");
      alice.composer().pressSequentially("two");
      alice.composer().press("Enter");

      assertThat(alice.page().locator(".message .text")).hasText("one\ntwo");
      assertThat(alice.composer()).hasValue("");
    }
  }

  @Test
  void whatIsTooLongIsNotSentAndStays() {
    try (var alice = new Visitor(chromium, server.url())) {
      alice.signInAs("alice").enter("long");
      alice.say("😀".repeat(4_000));
      assertThat(alice.page().locator(".message")).hasCount(1);

      alice.say("x".repeat(4_001));

      assertThat(alice.page().locator("#composer-error"))
          .hasText("Too long by 1: a message has 4,000 characters at most.");
      assertThat(alice.composer()).hasValue("x".repeat(4_001));
      assertThat(alice.page().locator(".message")).hasCount(1);
    }
  }

  @Test
  void aWrongPasswordIsAnsweredInWordsAndCanBeCorrected() {
    try (var alice = new Visitor(chromium, server.url())) {
      alice.typeCredentials("alice", "not-it");
      alice.pressSignIn();
      assertThat(alice.alert()).containsText("wrong");

      alice.signInAs("alice");
    }
  }

  @Test
  void aRoomThatOthersMadeIsListedAndCountsWhatIsUnread() {
    try (var alice = new Visitor(chromium, server.url());
        var bob = new Visitor(chromium, server.url())) {
      alice.signInAs("alice").enter("unread");
      alice.say("first");
      alice.sees("first");
      bob.signInAs("bob");
      bob.page().locator("[data-room=unread]").click();
      bob.sees("first");
      bob.enter("elsewhere");

      alice.say("second");

      assertThat(bob.page().locator("[data-room=unread] .unread")).containsText("1");
    }
  }

  @Test
  void aReloadKeepsTheSignInAndTheRoomAndSigningOutForgetsBoth() {
    try (var alice = new Visitor(chromium, server.url())) {
      alice.signInAs("alice").enter("reload");
      alice.say("still here");
      alice.sees("still here");
      alice.page().reload();
      alice.sees("still here");

      alice.button("Sign out").click();

      assertThat(alice.page().locator("#sign-in-notice")).hasText("You are signed out.");
      assertThat(alice.page().evaluate("() => sessionStorage.length")).isEqualTo(0);
      assertThat(alice.page().locator(".message")).hasCount(0);
      alice.page().reload();
      assertThat(alice.button("Sign in")).isVisible();
    }
  }

  @Test
  void theConnectionShowsItsRoundTripAndItsSession() {
    try (var alice = new Visitor(chromium, server.url())) {
      alice.signInAs("alice");
      assertThat(alice.page().locator("#connection-ms")).containsText(" ms");

      alice.page().locator("#connection summary").click();

      assertThat(alice.page().locator("#connection-facts")).containsText("Subjectalice");
    }
  }

  @Test
  void allOfItWorksFromTheKeyboard() {
    try (var alice = new Visitor(chromium, server.url())) {
      alice.typeCredentials("alice", passwordOf(alice, "alice"));
      alice.page().keyboard().press("Enter");
      assertThat(alice.composer()).isFocused();
      alice.page().keyboard().type("typed");
      alice.page().keyboard().press("Enter");
      alice.sees("typed");

      alice.page().keyboard().press("Shift+Tab");
      alice.page().keyboard().press("Shift+Tab");

      assertThat(alice.page().locator("#connection summary")).isFocused();
      alice.page().keyboard().press("Enter");
      assertThat(alice.page().locator("#connection-facts")).isVisible();
      alice.page().keyboard().press("Escape");
      assertThat(alice.page().locator("#connection-facts")).isHidden();
    }
  }

  @Test
  void onANetworkWithoutSocketsItChatsOverHttp() {
    try (var alice = new Visitor(chromium, server.url())) {
      alice
          .page()
          .addInitScript(
              """
              const Real = window.WebSocket;
              window.WebSocket = function () { return new Real('/no-such-path'); };
              """);
      alice.page().reload();
      alice.signInAs("alice").enter("over-http");
      alice.say("slow road");
      alice.sees("slow road");
      assertThat(alice.page().locator(".sending")).hasCount(0);
    }
  }

  @Test
  void whereAnotherIssuerSignsPeopleInOnePastesAToken() {
    try (var dora = new Visitor(chromium, server.url())) {
      dora.page()
          .route(
              "**/auth/login",
              route ->
                  route.fulfill(
                      new Route.FulfillOptions()
                          .setContentType("application/json")
                          .setBody("{\"embedded\": false}")));
      dora.page().reload();
      dora.page().getByLabel("Token").fill("no token");
      dora.button("Connect").click();
      assertThat(dora.alert()).containsText("This is no JWT");

      dora.page().getByLabel("Token").fill(server.token("dora", "chat:read"));
      dora.button("Connect").click();

      assertThat(dora.page().locator("#me-name")).hasText("dora");
      dora.enter("guarded");
      dora.say("may I?");
      assertThat(dora.page().locator(".failed .note")).containsText("You may not do this");
      dora.button("Discard").click();
      assertThat(dora.page().locator(".message")).hasCount(0);
    }
  }

  private static String passwordOf(Visitor visitor, String name) {
    return visitor.page().locator(".person:has-text(\"" + name + "\") .secret").textContent();
  }
}
