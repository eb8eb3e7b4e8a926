package io.drawbridge.pluginhost;

import static io.drawbridge.pluginhost.PluginJar.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of plugins that lie in the plugins folder. */
class PluginHostTest {

  private static final String GREET =
      """
      @Override protected Future<?> open(PluginContext context) {
        context.handle("greet.hello", (body, caller) -> reply("Hello " + caller.subject()));
        return Future.succeededFuture();
      }
      """;

  @TempDir Path folder;
  private PluginHostFixture house;

  @BeforeEach
  void furnish() throws IOException {
    house = new PluginHostFixture(folder);
  }

  @AfterEach
  void clear() {
    house.close();
  }

  @Test
  void servesTheAddressesOfAJar() {
    house.with("greet.jar", PluginJar.plugin("greet", request("greet.hello"), GREET)).start();

    var reply = PluginHostFixture.await(house.askAs("s-1", "greet.hello", new JsonObject()));

    assertThat(reply.getString("value")).isEqualTo("Hello alice");
    assertThat(house.status("greet"))
        .returns(PluginState.RUNNING, PluginStatus::state)
        .returns("1.0.0", PluginStatus::version)
        .returns(1, PluginStatus::generation)
        .returns(null, PluginStatus::error);
    assertThat(house.status("greet").addresses()).containsExactly("greet.hello");
  }

  @Test
  void startsWithoutAPluginsFolder() throws IOException {
    Files.delete(house.plugins);

    house.start();

    assertThat(house.host().plugins()).isEmpty();
  }

  @Test
  void offersWhatADescriptorOpensAndWithdrawsItAtTheEnd() {
    String addresses =
        """
        {"address": "greet.hello", "kind": "request", "summary": "Says hello", "authority": "greet:use"},
        {"address": "greet.all", "kind": "broadcast", "summary": "Greetings"}""";
    house.with("greet.jar", PluginJar.plugin("greet", addresses, GREET)).start();

    assertThat(house.maySend("greet.hello", "greet:use")).isTrue();
    assertThat(house.maySend("greet.hello", "chat:read")).isFalse();
    assertThat(house.maySend("greet.all", "greet:use")).isFalse();
    PluginHostFixture.await(house.host().stop());
    assertThat(house.maySend("greet.hello", "greet:use")).isFalse();
    assertThat(house.status("greet").state()).isEqualTo(PluginState.STOPPED);
  }
}
