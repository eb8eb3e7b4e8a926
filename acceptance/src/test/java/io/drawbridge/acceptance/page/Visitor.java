package io.drawbridge.acceptance.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Somebody at the page, with a browser window of their own; finds things as a person does. */
final class Visitor implements AutoCloseable {

  static {
    PlaywrightAssertions.setDefaultAssertionTimeout(20_000);
  }

  private final BrowserContext context;
  private final Page page;
  private final List<String> complaints = new ArrayList<>();

  Visitor(Chromium chromium, String url) {
    this(chromium, url, new Browser.NewContextOptions().setViewportSize(1280, 800));
  }

  Visitor(Chromium chromium, String url, Browser.NewContextOptions options) {
    context = chromium.browser().newContext(options);
    context.setDefaultTimeout(20_000);
    page = context.newPage();
    page.onPageError(complaints::add);
    page.onConsoleMessage(
        message -> {
          // What the network refuses, a test asks for; scripts and policies must not complain.
          if (message.type().equals("error")
              && !message.text().contains("net::ERR")
              && !message.text().startsWith("Failed to load resource")
              && !message.text().startsWith("WebSocket connection to")) {
            complaints.add(message.text());
          }
        });
    page.navigate(url);
  }

  Page page() {
    return page;
  }

  /** Chooses one of the demo people, whose password is filled in, and goes through the door. */
  Visitor signInAs(String name) {
    page.getByRole(AriaRole.BUTTON, named(Pattern.compile("Fill in " + name))).click();
    pressSignIn();
    assertThat(page.locator("#me-name")).hasText(name);
    assertThat(page.locator("#connection")).hasAttribute("data-state", "open");
    return this;
  }

  void typeCredentials(String name, String password) {
    page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill(name);
    page.getByLabel("Password", new Page.GetByLabelOptions().setExact(true)).fill(password);
  }

  void pressSignIn() {
    button("Sign in").click();
  }

  void enter(String room) {
    page.getByLabel("Join or create a room").fill(room);
    page.keyboard().press("Enter");
    assertThat(page.locator("#room-name")).hasText(room);
  }

  void say(String text) {
    composer().fill(text);
    composer().press("Enter");
  }

  /**
   * Waits until an expression holds in the page. Playwright's own way needs {@code eval}, which the
   * page's policy forbids.
   */
  void waitUntil(String expression) {
    Object held =
        page.evaluate(
            "async () => { const end = Date.now() + 20000; while (!(%s) && Date.now() < end)"
                    .formatted(expression)
                + " await new Promise((done) => setTimeout(done, 20)); return !!(%s); }"
                    .formatted(expression));
    assertThat(held).as(expression).isEqualTo(true);
  }

  Locator composer() {
    return page.getByRole(
        AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName("Message").setExact(true));
  }

  /** The messages with exactly this text. */
  Locator messages(String text) {
    return page.getByRole(AriaRole.LOG)
        .getByText(text, new Locator.GetByTextOptions().setExact(true));
  }

  void sees(String text) {
    assertThat(messages(text)).isVisible();
  }

  Locator button(String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  Locator alert() {
    return page.locator("#sign-in-error");
  }

  private static Page.GetByRoleOptions named(Pattern name) {
    return new Page.GetByRoleOptions().setName(name);
  }

  /** Leaves; a script that failed or a policy that was broken meanwhile fails the test. */
  @Override
  public void close() {
    context.close();
    assertThat(complaints).isEmpty();
  }
}
