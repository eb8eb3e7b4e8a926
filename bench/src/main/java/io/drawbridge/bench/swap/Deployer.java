package io.drawbridge.bench.swap;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Deploys by the admin API of a running server, as a pipeline would. */
public final class Deployer {

  private static final String BOUNDARY = "drawbridge-bench-boundary";
  private static final Duration BOUND = Duration.ofMinutes(2);

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI plugins;
  private final String token;

  /**
   * A deployer for one server.
   *
   * @param url the server's, without a slash at its end
   * @param token one that grants {@code drawbridge:admin}
   */
  public Deployer(String url, String token) {
    this.plugins = URI.create(url + "/admin/api/plugins");
    this.token = token;
  }

  /** What the server answered: the plugin's status, or why not. */
  public record Answer(int status, String body) {}

  /** Sends a jar and waits until it runs or is refused. */
  public Answer deploy(Path jar) throws IOException, InterruptedException {
    return post(plugins, jar);
  }

  /** The same, whatever its schemas do to clients. */
  public Answer force(Path jar) throws IOException, InterruptedException {
    return post(URI.create(plugins + "?force=true"), jar);
  }

  private Answer post(URI uri, Path jar) throws IOException, InterruptedException {
    String head =
        "--%s\r\nContent-Disposition: form-data; name=\"plugin\"; filename=\"%s\"\r\nContent-Type: application/java-archive\r\n\r\n"
            .formatted(BOUNDARY, jar.getFileName());
    // In one array, and so with a Content-Length: the server takes no chunked requests.
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(head.getBytes(StandardCharsets.UTF_8));
    body.writeBytes(Files.readAllBytes(jar));
    body.writeBytes(("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
    return send(
        request(uri)
            .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
            .POST(BodyPublishers.ofByteArray(body.toByteArray()))
            .build());
  }

  /** Takes a plugin off, by its id. */
  public Answer undeploy(String id) throws IOException, InterruptedException {
    return send(request(URI.create(plugins + "/" + id)).DELETE().build());
  }

  /** Rolls a plugin back to the version that ran before. */
  public Answer rollBack(String id) throws IOException, InterruptedException {
    URI uri = URI.create(plugins + "/" + id + "/rollback");
    return send(request(uri).POST(BodyPublishers.noBody()).build());
  }

  /** The status of every plugin. */
  public List<JsonObject> plugins() throws IOException, InterruptedException {
    Answer answer = send(request(plugins).GET().build());
    return new JsonArray(answer.body()).stream().map(JsonObject.class::cast).toList();
  }

  private HttpRequest.Builder request(URI uri) {
    return HttpRequest.newBuilder(uri).timeout(BOUND).header("Authorization", "Bearer " + token);
  }

  private Answer send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
    return new Answer(response.statusCode(), response.body());
  }
}
