package io.drawbridge.launcher;

import io.drawbridge.signin.SigningKey;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Speaks to a running server's admin API, as the owner of its data folder or with a token. */
final class AdminClient {

  private static final String NAME = "command-line";
  private static final Duration TOKEN_LIFE = Duration.ofMinutes(1);
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  /** The server bounds its answers itself; this is for one that has gone silent. */
  private static final Duration CHANGE_TIMEOUT = Duration.ofMinutes(30);

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

  /** What a path lists. */
  JsonArray list(String path) {
    return ask(request(path).timeout(TIMEOUT), JsonArray::new);
  }

  /** Has something changed; waits as long as the server does. */
  JsonObject change(String method, String path) {
    return ask(
        request(path).method(method, BodyPublishers.noBody()).timeout(CHANGE_TIMEOUT),
        JsonObject::new);
  }

  /** Sends a file. */
  JsonObject upload(String path, Path file) {
    JarBody body = JarBody.of(file);
    try {
      return ask(
          request(path)
              .header("Content-Type", body.contentType())
              .POST(body.publisher())
              .timeout(CHANGE_TIMEOUT),
          JsonObject::new);
    } catch (FileNotFoundException e) {
      throw StartupException.failed(file + " can't be read: " + e.getMessage(), e);
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(server.resolve(path)).header("Authorization", "Bearer " + token);
  }

  private <T> T ask(HttpRequest.Builder request, Function<String, T> parsed) {
    try {
      HttpResponse<String> answer =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .connectTimeout(TIMEOUT)
              .build()
              .send(request.build(), BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw StartupException.failed(
            server + " refused (" + answer.statusCode() + "): " + reason(answer.body()), null);
      }
      return parsed.apply(answer.body());
    } catch (IOException e) {
      throw StartupException.failed("the server at " + server + " doesn't answer: " + words(e), e);
    } catch (DecodeException e) {
      throw StartupException.failed(
          "the server at " + server + " answers no JSON: is a Drawbridge server there?", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw StartupException.failed("interrupted", e);
    }
  }

  private static String words(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private static String reason(String body) {
    try {
      return String.valueOf(new JsonObject(body).getString("error"));
    } catch (DecodeException | ClassCastException e) {
      return "is a Drawbridge server there?";
    }
  }
}
