package io.drawbridge.bridge.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.http.StaticPages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages, and the paths that lead nowhere else. */
class StaticPagesTest {

  private TestServer server;
  private TestClient client;

  @BeforeEach
  void start(@TempDir Path home) throws IOException {
    Path webroot = Files.createDirectories(home.resolve("webroot"));
    Files.createDirectories(webroot.resolve("client"));
    Files.createDirectories(webroot.resolve(".git"));
    Files.writeString(home.resolve("secret.json"), "secret");
    Files.writeString(webroot.resolve("index.html"), "<p>hello</p>");
    Files.writeString(webroot.resolve("client/drawbridge.js"), "export const a = 1;");
    Files.writeString(webroot.resolve(".git/config.json"), "secret");
    Files.writeString(webroot.resolve(".env.json"), "secret");
    Files.writeString(webroot.resolve("backup.tar"), "secret");
    server = new TestServer(new TestSettings(), List.of(new StaticPages(webroot)));
    client = TestClient.connect(server.port());
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void servesPagesWithStrictHeaders() {
    TestClient.Response page = client.get("/");

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.body()).isEqualTo("<p>hello</p>");
    assertThat(page.header("content-type")).isEqualTo("text/html; charset=UTF-8");
    assertThat(page.header("x-content-type-options")).isEqualTo("nosniff");
    assertThat(page.header("referrer-policy")).isEqualTo("no-referrer");
    assertThat(page.header("content-security-policy"))
        .contains("default-src 'self'", "frame-ancestors 'none'", "ws://" + client.host())
        .doesNotContain("unsafe-inline", "*");
  }

  @Test
  void servesModulesAsJavaScript() {
    TestClient.Response module = client.get("/client/drawbridge.js?v=1");

    assertThat(module.body()).isEqualTo("export const a = 1;");
    assertThat(module.header("content-type")).startsWith("text/javascript");
    assertThat(
            client.get("/client/drawbridge.js", "If-None-Match: " + module.header("etag")).status())
        .isEqualTo(304);
  }

  @Test
  void answersHeadWithoutABody() {
    TestClient.Response head = client.request("HEAD", "/", "").head();

    assertThat(head.status()).isEqualTo(200);
    assertThat(head.header("content-length")).isEqualTo("12");
    assertThat(client.get("/").body()).isEqualTo("<p>hello</p>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/../secret.json",
        "/..%2fsecret.json",
        "/%2e%2e/secret.json",
        "/%2e%2e%2fsecret.json",
        "/..%5csecret.json",
        "/..\\secret.json",
        "/client/../../secret.json",
        "/%252e%252e%252fsecret.json",
        "/index.html%00.json",
        "/.git/config.json",
        "/%2egit/config.json",
        "/.env.json",
        "/client",
        "/client/",
        "//index.html/..",
        "/backup.tar",
        "/missing.html",
      })
  void leadsNowhereElse(String path) {
    TestClient.Response answer = client.get(path);

    assertThat(answer.status()).isIn(400, 404);
    assertThat(answer.body()).doesNotContain("secret", "drawbridge.js");
  }

  @Test
  void isReadOnly() {
    assertThat(client.post("/index.html", "x").status()).isIn(404, 405);
  }
}
