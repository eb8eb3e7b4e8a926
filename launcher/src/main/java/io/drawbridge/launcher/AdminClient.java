package io.drawbridge.launcher;

import io.drawbridge.signin.SigningKey;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Speaks to a running server's admin API, as the owner of its data folder or with a token. */
final class AdminClient {

  private static final String NAME = "command-line";
  private static final Duration TOKEN_LIFE = Duration.ofMinutes(1);
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final URI server;
  private final String token;

  private AdminClient(URI server, String token) {
    this.server = server;
    this.token = token;
  }

  /** The server at a URL, else the one that {@code server.json} in the data folder names. */
  static AdminClient of(Path data, @Nullable URI url, @Nullable String token) {
    if (url != null && token == null) {
      throw StartupException.misconfigured("with --url, give a token as well: --token");
    }
    return new AdminClient(
        url == null ? running(data) : url, token == null ? ownToken(data) : token);
  }

  private static URI running(Path data) {
    try {
      return URI.create(
          new JsonObject(Files.readString(data.resolve("server.json"))).getString("url"));
    } catch (IOException | RuntimeException e) {
      throw StartupException.failed(
          "no server runs on the data folder "
              + data
              + ": start it, or name its folder with --data or its address with --url",
          e);
    }
  }

  private static String ownToken(Path data) {
    try {
      return SigningKey.openOrCreate(data).token(NAME, List.of("drawbridge:admin"), TOKEN_LIFE);
    } catch (IllegalStateException e) {
      throw StartupException.failed(e.getMessage() + "; or give a token with --token", e);
    }
  }

  JsonArray get(String path) {
    HttpRequest request =
        HttpRequest.newBuilder(server.resolve(path))
            .header("Authorization", "Bearer " + token)
            .timeout(TIMEOUT)
            .build();
    try {
      HttpResponse<String> answer =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .connectTimeout(TIMEOUT)
              .build()
              .send(request, BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw StartupException.failed(
            server + " refused (" + answer.statusCode() + "): " + reason(answer.body()), null);
      }
      return new JsonArray(answer.body());
    } catch (IOException e) {
      throw StartupException.failed(
          "the server at " + server + " doesn't answer: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw StartupException.failed("interrupted", e);
    }
  }

  private static String reason(String body) {
    try {
      return String.valueOf(new JsonObject(body).getString("error"));
    } catch (DecodeException | ClassCastException e) {
      return "is a Drawbridge server there?";
    }
  }
}
