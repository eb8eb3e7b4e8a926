package io.drawbridge.testkit;

import io.vertx.core.json.DecodeException;
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
import java.time.Duration;
import java.util.List;

/** The admin API of a test's server. */
final class AdminCalls {

  private static final String BOUNDARY = "drawbridge-testkit-boundary";
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final HttpClient client = HttpClient.newHttpClient();
  private final String plugins;
  private final String token;

  /**
   * The calls to one server.
   *
   * @param token one that grants {@code drawbridge:admin}
   */
  AdminCalls(String url, String token) {
    this.plugins = url + "/admin/api/plugins";
    this.token = token;
  }

  /** Deploys and waits until it runs. */
  JsonObject deploy(PluginJar jar, boolean force) throws IOException {
    String head =
        "--%s\r\nContent-Disposition: form-data; name=\"plugin\"; filename=\"%s-%s.jar\"\r\n"
                .formatted(BOUNDARY, jar.id(), jar.version())
            + "Content-Type: application/java-archive\r\n\r\n";
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(head.getBytes(StandardCharsets.UTF_8));
    body.writeBytes(jar.bytes());
    body.writeBytes(("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
    return status(
        call(
            request(force ? "?force=true" : "")
                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .POST(BodyPublishers.ofByteArray(body.toByteArray()))));
  }

  JsonObject undeploy(String id) throws IOException {
    return status(call(request("/" + id).DELETE()));
  }

  JsonObject rollBack(String id) throws IOException {
    return status(call(request("/" + id + "/rollback").POST(BodyPublishers.noBody())));
  }

  List<JsonObject> plugins() throws IOException {
    return new JsonArray(call(request("").GET()).body())
        .stream().map(JsonObject.class::cast).toList();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(plugins + path))
        .timeout(PATIENCE)
        .header("Authorization", "Bearer " + token);
  }

  private HttpResponse<String> call(HttpRequest.Builder request) throws IOException {
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (InterruptedException e) {
      throw Interrupted.error(e);
    }
  }

  private static JsonObject status(HttpResponse<String> response) {
    JsonObject body = json(response.body());
    if (response.statusCode() != 200) {
      throw new AssertionError(body.getString("error", "the server said " + response.statusCode()));
    }
    return body;
  }

  private static JsonObject json(String text) {
    try {
      return new JsonObject(text);
    } catch (DecodeException e) {
      return new JsonObject().put("error", text);
    }
  }
}
