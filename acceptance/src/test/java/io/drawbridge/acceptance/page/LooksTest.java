package io.drawbridge.acceptance.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.drawbridge.acceptance.ServerProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The page at a desk and on a phone, in light and in dark: it fits, every text stands out from its
 * ground as WCAG AA asks, and pictures of it lie in {@code target/screenshots} for people to judge.
 */
class LooksTest {

  private static final Path PICTURES = Path.of("target", "screenshots");

  /** Texts whose contrast with the nearest painted ground is too weak. */
  private static final String TOO_FAINT =
      """
      () => {
        const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
        const rgba = (colour) => {
          canvas.clearRect(0, 0, 1, 1);
          canvas.fillStyle = colour;
          canvas.fillRect(0, 0, 1, 1);
          return [...canvas.getImageData(0, 0, 1, 1).data];
        };
        const light = (channel) => {
          const c = channel / 255;
          return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
        };
        const luminance = ([r, g, b]) => 0.2126 * light(r) + 0.7152 * light(g) + 0.0722 * light(b);
        const ground = (element) => {
          for (let at = element; at; at = at.parentElement) {
            const style = getComputedStyle(at);
            if (style.backgroundImage !== 'none') return null;
            const colour = rgba(style.backgroundColor);
            if (colour[3] === 255) return colour;
          }
          return [255, 255, 255, 255];
        };
        const faint = [];
        for (const element of document.querySelectorAll('body *')) {
          const shown = element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
          const own = [...element.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
          const below = shown && own && ground(element);
          if (!below) continue;
          const style = getComputedStyle(element);
          const [a, b] = [luminance(rgba(style.color)), luminance(below)].sort((x, y) => y - x);
          const ratio = (a + 0.05) / (b + 0.05);
          const large = parseFloat(style.fontSize) >= 24
            || (parseFloat(style.fontSize) >= 18.66 && Number(style.fontWeight) >= 700);
          if (ratio < (large ? 3 : 4.5)) {
            faint.push(`${element.textContent.trim().slice(0, 30)}: ${ratio.toFixed(2)}`);
          }
        }
        return faint;
      }
      """;

  /** Buttons, links and fields that are hard to hit, or that a screen reader can't name. */
  private static final String HARD_TO_USE =
      """
      () => [...document.querySelectorAll('button, a, input, textarea, summary')]
        .filter((it) => it.checkVisibility({ visibilityProperty: true }))
        .filter((it) => {
          const { width, height } = it.getBoundingClientRect();
          const inText = it.tagName === 'A' && it.closest('p');
          const name = it.getAttribute('aria-label') || it.labels?.[0]?.textContent
            || it.textContent;
          return !name.trim() || (!inText && !it.matches('.skip') && (width < 24 || height < 24));
        })
        .map((it) => it.outerHTML.slice(0, 80))
      """;

  private static final String TALK =
      """
      async () => {
        const { connect } = await import('/client/drawbridge.js');
        const { demo } = await (await fetch('/auth/login')).json();
        const people = {};
        for (const { username, password } of demo) {
          const answer = await fetch('/auth/login', { method: 'POST',
            headers: { 'Content-Type': 'application/json' },
            body: JSON.stringify({ username, password }) });
          people[username] = connect('/eventbus', { token: (await answer.json()).token });
        }
        const say = async (who, text, room = 'lobby') =>
          people[who].request('chat.post', { room, text });
        await say('carol', 'Kettle is on.', 'tea-kitchen');
        await say('alice', 'Notes for 0.1 are in the wiki.', 'release-notes');
        await say('carol', 'Good morning. The new build is on staging.');
        await say('bob', 'Saw it. The swap took under a second.');
        await say('bob', 'Did anything drop?');
        await say('alice', 'Nothing. I watched the counters for ten minutes,\\nand the fan-out stayed flat as well.');
        await say('carol', 'Then I write the note for the release. Who owns the room rules now?');
        await say('alice', 'Ops does: conf/drawbridge.json, under permissions.');
        await say('bob', 'Lovely. ☕ in the tea-kitchen?');
        Object.values(people).forEach((bridge) => bridge.close());
      }
      """;

  @TempDir static Path data;
  private static ServerProcess server;
  private static Chromium chromium;

  @BeforeAll
  static void start() {
    server = ServerProcess.start(data);
    chromium = Chromium.start();
    try (var visitor = new Visitor(chromium, server.url())) {
      visitor.page().evaluate(TALK);
    }
  }

  @AfterAll
  static void stop() {
    chromium.close();
    server.close();
  }

  @ParameterizedTest
  @CsvSource({"1280, 800, LIGHT", "1280, 800, DARK", "390, 844, LIGHT", "390, 844, DARK"})
  void fitsAndCanBeReadAndUsed(int width, int height, ColorScheme scheme) {
    var options =
        new NewContextOptions()
            .setViewportSize(width, height)
            .setColorScheme(scheme)
            .setHasTouch(width < 800)
            .setTimezoneId("Europe/Berlin");
    String name = width + "-" + scheme.name().toLowerCase(Locale.ROOT);
    try (var alice = new Visitor(chromium, server.url(), options)) {
      alice.button("Sign in").waitFor();
      alice.page().locator(".person").first().waitFor();
      judge(alice.page(), "sign-in-" + name);

      alice.signInAs("alice");
      alice.sees("Lovely. ☕ in the tea-kitchen?");
      alice.waitUntil("document.querySelector('[data-room=tea-kitchen]')");
      judge(alice.page(), "chat-" + name);

      if (width < 800) {
        alice.button("Rooms").click();
        alice.waitUntil("document.getElementById('side').getBoundingClientRect().left === 0");
        judge(alice.page(), "rooms-" + name);
        alice.page().keyboard().press("Escape");
      }
    }
  }

  private static void judge(Page page, String name) {
    page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")));
    assertThat(page.evaluate("() => document.documentElement.scrollWidth - innerWidth"))
        .as("what sticks out to the right of %s", name)
        .isEqualTo(0);
    assertThat(page.evaluate(TOO_FAINT)).as("faint in %s", name).isEqualTo(List.of());
    assertThat(page.evaluate(HARD_TO_USE)).as("hard to use in %s", name).isEqualTo(List.of());
  }
}
