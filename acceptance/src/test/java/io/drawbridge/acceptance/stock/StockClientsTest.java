package io.drawbridge.acceptance.stock;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import io.drawbridge.acceptance.page.Chromium;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The stock clients, as npm delivers them, on every transport that both sides know. */
class StockClientsTest {

  private static final String EVERYTHING =
      "publishes sends requests replies fails denies unregisters reconnects";
  private static final Path ACCEPTANCE =
      Path.of(System.getProperty("drawbridge.root", "."), "acceptance");
  private static final Path SCRIPTS = ACCEPTANCE.resolve("src/test/stock-clients");
  private static final Path MODULES = ACCEPTANCE.resolve("node_modules");

  private static OurServer ours;
  private static Chromium chromium;

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    ours = OurServer.start(directory);
    chromium = Chromium.start();
  }

  @AfterAll
  static void end() {
    if (chromium != null) {
      chromium.close();
    }
    if (ours != null) {
      ours.close();
    }
  }

  private static Stream<Arguments> clientsAndTransports() {
    return Stream.of("@vertx/eventbus-bridge-client.js", "vertx3-eventbus-client")
        .flatMap(
            client ->
                Stream.of("websocket", "xhr-streaming", "xhr-polling", "eventsource")
                    .map(transport -> Arguments.of(client, transport)));
  }

  @ParameterizedTest
  @MethodSource("clientsAndTransports")
  void worksInNode(String client, String transport) throws Exception {
    try (Relay relay = Relay.to(ours.port())) {
      Process node =
          new ProcessBuilder(
                  "node", SCRIPTS.resolve("in-node.js").toString(), client, url(relay), transport)
              .directory(ACCEPTANCE.toFile())
              .redirectErrorStream(true)
              .start();
      try {
        assertThat(lastLineOf(node, relay)).isEqualTo("works: " + EVERYTHING);
        assertThat(node.waitFor(10, TimeUnit.SECONDS)).isTrue();
      } finally {
        node.destroyForcibly();
      }
    }
  }

  /** Cuts and mends the network when told to; gives everything from where it says how it went. */
  private static String lastLineOf(Process node, Relay relay) throws IOException {
    StringBuilder said = new StringBuilder();
    try (BufferedReader out = node.inputReader();
        PrintWriter in = new PrintWriter(node.getOutputStream(), true)) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        if (line.startsWith("network ")) {
          network(relay, line.substring("network ".length()));
          in.println("done");
        } else {
          said.append(said.isEmpty() ? "" : "\n").append(line);
        }
      }
    }
    return said.toString();
  }

  @ParameterizedTest
  @MethodSource("clientsAndTransports")
  void worksInChromium(String client, String transport) throws Exception {
    try (Relay relay = Relay.to(ours.port());
        BrowserContext context =
            chromium.browser().newContext(new Browser.NewContextOptions().setBypassCSP(true))) {
      Page page = context.newPage();
      page.setDefaultTimeout(60_000);
      page.exposeFunction(
          "network",
          states -> {
            network(relay, (String) states[0]);
            return null;
          });
      page.navigate("http://127.0.0.1:" + relay.port() + "/health/live");
      addScripts(page, client);
      page.waitForFunction("() => window.run");
      Object found =
          page.evaluate(
              "([url, transport]) => window.run(url, transport)", List.of(url(relay), transport));
      assertThat(found).isEqualTo(List.of(EVERYTHING.split(" ")));
    }
  }

  /** The page is the server's own, so that its origin is; the scripts come from here. */
  private static void addScripts(Page page, String client) {
    Map<String, Path> files =
        Map.of(
            "in-page.js", SCRIPTS.resolve("in-page.js"),
            "exercise.js", SCRIPTS.resolve("exercise.js"),
            "sockjs.js", MODULES.resolve("sockjs-client/dist/sockjs.js"),
            "vertx-eventbus.js", MODULES.resolve(client).resolve("vertx-eventbus.js"));
    files.forEach(
        (name, file) ->
            page.route(
                "**/stock-clients/" + name,
                route -> route.fulfill(new Route.FulfillOptions().setPath(file))));
    page.addScriptTag(new Page.AddScriptTagOptions().setUrl("/stock-clients/sockjs.js"));
    page.addScriptTag(new Page.AddScriptTagOptions().setUrl("/stock-clients/vertx-eventbus.js"));
    page.addScriptTag(
        new Page.AddScriptTagOptions().setUrl("/stock-clients/in-page.js").setType("module"));
  }

  private static void network(Relay relay, String state) {
    if (state.equals("down")) {
      relay.cut();
    } else {
      relay.mend();
    }
  }

  private static String url(Relay relay) {
    return "http://127.0.0.1:" + relay.port() + "/eventbus";
  }
}
