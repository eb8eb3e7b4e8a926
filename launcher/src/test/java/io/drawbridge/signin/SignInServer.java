package io.drawbridge.signin;

import io.drawbridge.config.Settings;
import io.drawbridge.config.SettingsReader;
import io.drawbridge.permission.TokenVerifier;
import io.drawbridge.permission.TokenVerifiers;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A server with nothing but the sign-in, and a client that says exactly what it is told. */
final class SignInServer implements AutoCloseable {

  /** What came back. */
  record Response(int status, String head, JsonObject body) {}

  private final Vertx vertx = Vertx.vertx();
  private final Path folder;
  private final String listens;
  private HttpServer server;
  private TokenVerifier verifier;

  private SignInServer(Path folder, String listens) {
    this.folder = folder;
    this.listens = listens;
  }

  /**
   * Starts.
   *
   * @param listens what the settings say that the server listens on; it really is loopback
   * @param auth the settings' {@code auth}
   */
  static SignInServer start(Path folder, String listens, String users, String auth)
      throws Exception {
    var server = new SignInServer(folder, listens);
    Files.writeString(folder.resolve("users.json"), users);
    try {
      server.open(auth);
    } catch (Exception failed) {
      server.close();
      throw failed;
    }
    return server;
  }

  private void open(String auth) throws Exception {
    String json = "{\"http\": {\"host\": \"" + listens + "\"}, \"auth\": " + auth + "}";
    Settings settings = SettingsReader.read(json, folder, Map.of());
    Path data = folder.resolve("data");
    verifier =
        await(
            settings.auth().external()
                ? io.vertx.core.Future.<TokenVerifier>succeededFuture(null)
                : TokenVerifiers.open(vertx, settings.auth(), 16_384, data));
    Router router = Router.router(vertx);
    await(
            SignIn.open(
                vertx, settings, data, verifier, SignInServer::sameOrigin, SignInServer::client))
        .accept(router);
    server = await(vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1"));
  }

  /** The real one belongs to another room. */
  private static boolean sameOrigin(HttpServerRequest request) {
    String origin = request.getHeader("Origin");
    return origin == null || origin.equals("http://" + request.getHeader("Host"));
  }

  /** Lets a test be many clients. */
  private static String client(HttpServerRequest request) {
    String told = request.getHeader("Test-Client");
    return told == null ? "127.0.0.1" : told;
  }

  TokenVerifier verifier() {
    return verifier;
  }

  Response login(String username, String password, String... headers) throws IOException {
    return post(
        "/auth/login", JsonObject.of("username", username, "password", password).encode(), headers);
  }

  Response post(String path, String body, String... headers) throws IOException {
    return send(HttpMethod.POST, path, body, headers);
  }

  Response get(String path, String... headers) throws IOException {
    return send(HttpMethod.GET, path, "", headers);
  }

  private Response send(HttpMethod method, String path, String body, String... headers)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    var head = new StringBuilder(method + " " + path + " HTTP/1.1\r\nConnection: close\r\n");
    var given = String.join("\r\n", headers);
    if (!given.contains("Host:")) {
      head.append("Host: localhost:").append(server.actualPort()).append("\r\n");
    }
    if (!given.contains("Content-Type:")) {
      head.append("Content-Type: application/json\r\n");
    }
    head.append("Content-Length: ").append(bytes.length).append("\r\n");
    head.append(given).append(given.isEmpty() ? "\r\n" : "\r\n\r\n");
    try (var socket = new Socket("127.0.0.1", server.actualPort())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().write(bytes);
      socket.getOutputStream().flush();
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int split = answer.indexOf("\r\n\r\n");
      String top = answer.substring(0, split);
      return new Response(
          Integer.parseInt(top.split(" ")[1]), top, new JsonObject(answer.substring(split + 4)));
    }
  }

  private static <T> T await(io.vertx.core.Future<T> future) throws TimeoutException {
    return future.await(10, TimeUnit.SECONDS);
  }

  @Override
  public void close() throws TimeoutException {
    await(vertx.close());
  }
}
