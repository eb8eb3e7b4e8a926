package io.drawbridge.acceptance.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The browser's client in Chromium against an unmodified Vert.x bridge. */
class ClientOnStockBridgeTest {

  private static final String CONNECT =
      """
      async (transports) => {
        const client = await import('/client/drawbridge.js');
        window.errors = [];
        window.news = [];
        window.bridge = client.connect('/eventbus', {
          transports: transports && transports.map((name) => client[name]),
          times: { welcomeMs: 200 }, backoff: { baseMs: 50 },
        });
        window.bridge.on('error', (error) => window.errors.push(error.type));
        const listening = window.bridge.register('news', ({ body }) => window.news.push(body));
        window.states = [];
        window.bridge.on('state', (event) => window.states.push(event));
        await Promise.race([listening.ready, new Promise((_, late) =>
          setTimeout(() => late(new Error(JSON.stringify(window.states))), 10_000))]);
      }
      """;

  private static Chromium chromium;
  private static StockBridge stock;
  private Page page;

  @BeforeAll
  static void start() {
    stock = new StockBridge();
    chromium = Chromium.start();
  }

  @BeforeEach
  void open() {
    page = chromium.browser().newPage();
    page.navigate(stock.url());
  }

  @AfterEach
  void leave() {
    page.close();
  }

  @AfterAll
  static void stop() {
    chromium.close();
    stock.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"openWebSocket", "openXhr"})
  void registersPublishesAndRequests(String transport) {
    page.evaluate(CONNECT, List.of(transport));

    page.evaluate("() => bridge.publish('news', { headline: 'é ☃ 😀' })");
    // A stock bridge confirms no registration: hearing oneself is the proof of it.
    page.waitForFunction("() => news.length === 1");
    stock.publish("news", "from the bus");

    assertThat(answerOf("bridge.request('greet', 'Ada')")).isEqualTo("Hello Ada");
    page.waitForFunction("() => news.length === 2");
    assertThat(page.evaluate("() => news.find((body) => body.headline).headline"))
        .isEqualTo("é ☃ 😀");
  }

  @Test
  void answersAnAnswer() {
    page.evaluate(CONNECT);

    assertThat(
            answerOf("bridge.request('ask', 'knock').then((question) => question.request('Ada'))"))
        .isEqualTo("so it is Ada");
  }

  @Test
  void everyFailureHasItsCode() {
    page.evaluate(CONNECT);

    assertThat(failureOf("bridge.request('nobody', 1)")).containsEntry("code", 4104);
    assertThat(failureOf("bridge.request('fail', 1)"))
        .containsEntry("code", 418)
        .containsEntry("message", "a teapot");
    assertThat(failureOf("bridge.request('secret', 1, { timeoutMs: 300 })"))
        .containsEntry("code", 4108);
    assertThat(page.evaluate("() => errors")).isEqualTo(List.of("PERMISSION_DENIED"));
  }

  @Test
  void aBrowserWhoseSocketsFailTalksOverHttp() {
    page.addInitScript(
        """
        const Real = window.WebSocket;
        window.WebSocket = function () { return new Real('/no-such-path'); };
        """);
    page.reload();
    page.evaluate(CONNECT);

    assertThat(answerOf("bridge.request('greet', 'Ada')")).isEqualTo("Hello Ada");
  }

  @ParameterizedTest
  @ValueSource(strings = {"openWebSocket", "openXhr"})
  void comesBackAfterARestartAndRegistersAgain(String transport) {
    page.evaluate(CONNECT, List.of(transport));

    stock.restart();
    page.waitForFunction("() => bridge.state === 'open'");
    page.evaluate("() => bridge.publish('news', 'again')");

    page.waitForFunction("() => news.includes('again')");
  }

  private Object answerOf(String call) {
    return page.evaluate("() => " + call + ".then(({ body }) => body)");
  }

  @SuppressWarnings("unchecked")
  private Map<String, Object> failureOf(String call) {
    return (Map<String, Object>)
        page.evaluate("() => " + call + ".catch(({ code, message }) => ({ code, message }))");
  }
}
