package io.drawbridge.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.pluginhost.contract.AsyncApi;
import io.drawbridge.pluginhost.contract.DescriptorReader;
import io.drawbridge.pluginhost.contract.PluginDescriptor;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ContractPagesTest {

  private static final AsyncApi.Server SERVER = new AsyncApi.Server("127.0.0.1:8080", false);

  private volatile List<PluginDescriptor> running = List.of(greeting("greet.hello"));
  private OpsServer server;

  @BeforeEach
  void start() {
    server = new OpsServer(List.of(new ContractPages(() -> running, () -> SERVER)));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void describesWhatRunsAsAsyncApi() throws Exception {
    var answer = server.get("/asyncapi.json");

    assertThat(answer.headers().firstValue("content-type"))
        .hasValue("application/json; charset=UTF-8");
    assertThat(new JsonObject(answer.body()).getJsonObject("channels").fieldNames())
        .containsExactly("greet.hello", "greet.hello.reply");
  }

  @Test
  void servesTheTypesBesideTheClient() throws Exception {
    var answer = server.get("/client/types.d.ts");

    assertThat(answer.headers().firstValue("content-type")).hasValue("text/plain; charset=UTF-8");
    assertThat(answer.headers().firstValue("x-content-type-options")).hasValue("nosniff");
    assertThat(answer.body()).contains("\"greet.hello\": { body: GreetHelloRequest;");
  }

  @Test
  void followsADeployment() throws Exception {
    server.get("/client/types.d.ts");
    running = List.of(greeting("greet.goodbye"));

    assertThat(server.get("/client/types.d.ts").body())
        .contains("\"greet.goodbye\"")
        .doesNotContain("\"greet.hello\"");
  }

  @Test
  void sendsWhatIsKnownOnlyOnce() throws Exception {
    String tag = server.get("/asyncapi.json").headers().firstValue("etag").orElseThrow();

    var again = server.get("/asyncapi.json", "If-None-Match", tag);

    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(again.headers().firstValue("cache-control")).hasValue("no-cache");
  }

  @Test
  void sendsItAgainWhenItHasChanged() throws Exception {
    String tag = server.get("/asyncapi.json").headers().firstValue("etag").orElseThrow();
    running = List.of();

    assertThat(server.get("/asyncapi.json", "If-None-Match", tag).statusCode()).isEqualTo(200);
  }

  private static PluginDescriptor greeting(String address) {
    String descriptor =
        """
        {"id": "greet", "version": "1.0.0", "api": "^1.0", "verticle": "com.acme.Greet", "addresses": [
         {"address": "%s", "kind": "request", "summary": "Greets"}]}"""
            .formatted(address);
    return DescriptorReader.read("plugin.json", descriptor.getBytes(StandardCharsets.UTF_8));
  }
}
