package io.drawbridge.pluginhost.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What is written of two plugins that make it hard. The documents lie beside their descriptors,
 * where tests under Node compile the one and hand the other to AsyncAPI's validator. After a change
 * that is meant, run with {@code -Ddrawbridge.write} and look at the difference.
 */
class ContractDocumentsTest {

  private static final Path FOLDER =
      Path.of(
          System.getProperty("drawbridge.root"),
          "launcher/src/test/resources/io/drawbridge/pluginhost/contract");

  private static final AsyncApi.Server SERVER = new AsyncApi.Server("127.0.0.1:8080", false);

  private final List<PluginDescriptor> plugins = List.of(read("shop"), read("gate"));

  @Test
  void describesWhatRunsAsAsyncApi() throws IOException {
    isAsKept("asyncapi.json", AsyncApi.document(plugins, SERVER));
  }

  @Test
  void describesWhatRunsAsTypes() throws IOException {
    isAsKept("types.d.ts", TypeScriptTypes.document(plugins));
  }

  @Test
  void theOrderOfPluginsDoesNotMatter() {
    var other = List.of(plugins.get(1), plugins.get(0));

    assertThat(TypeScriptTypes.document(other)).isEqualTo(TypeScriptTypes.document(plugins));
    assertThat(AsyncApi.document(other, SERVER)).isEqualTo(AsyncApi.document(plugins, SERVER));
  }

  @Test
  void aServerWithoutPluginsHasDocumentsToo() {
    var document = new JsonObject(AsyncApi.document(List.of(), SERVER));

    assertThat(document.getJsonObject("channels")).isEmpty();
    assertThat(TypeScriptTypes.document(List.of())).contains("export interface Requests {\n}");
  }

  @Test
  void behindTlsTheServerIsReachedByIt() {
    var document =
        new JsonObject(AsyncApi.document(List.of(), new AsyncApi.Server("chat.acme.com", true)));

    assertThat(document.getJsonObject("servers").getJsonObject("bridge").getMap())
        .containsEntry("protocol", "wss")
        .containsEntry("host", "{host}");
    assertThat(document.encode()).contains("\"default\":\"chat.acme.com\"");
  }

  @Test
  void theVersionIsThatOfWhatIsSaid() {
    assertThat(version(plugins)).isEqualTo(version(plugins)).isNotEqualTo(version(List.of()));
  }

  private static String version(List<PluginDescriptor> plugins) {
    var document = new JsonObject(AsyncApi.document(plugins, SERVER));
    return document.getJsonObject("info").getString("version");
  }

  @Test
  void saysWhichAuthorityAnAddressAsksFor() {
    var operations = new JsonObject(AsyncApi.document(plugins, SERVER)).getJsonObject("operations");

    assertThat(operations.getJsonObject("shop.buy").getString("x-drawbridge-authority"))
        .isEqualTo("shop:buy");
    assertThat(operations.getJsonObject("gate.open").fieldNames())
        .doesNotContainAnyElementsOf(Set.of("x-drawbridge-authority", "security"));
  }

  private static PluginDescriptor read(String id) {
    String file = id + ".plugin.json";
    try {
      return DescriptorReader.read(file, Files.readAllBytes(FOLDER.resolve(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void isAsKept(String file, String written) throws IOException {
    Path kept = FOLDER.resolve(file);
    if (System.getProperty("drawbridge.write") != null) {
      Files.writeString(kept, written);
    }
    assertThat(written).isEqualTo(Files.readString(kept, UTF_8));
  }
}
