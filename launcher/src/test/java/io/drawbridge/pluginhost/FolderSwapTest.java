package io.drawbridge.pluginhost;

import static io.drawbridge.pluginhost.PluginHostFixture.await;
import static io.drawbridge.pluginhost.PluginHostFixture.until;
import static io.drawbridge.pluginhost.PluginJar.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The plugins folder changes while the server runs. */
class FolderSwapTest {

  @TempDir Path folder;
  private PluginHostFixture house;

  @BeforeEach
  void furnish() throws IOException {
    house = new PluginHostFixture(folder);
    house.config.put("folder", new JsonObject().put("scanSeconds", 1).put("settleMillis", 100));
  }

  @AfterEach
  void clear() {
    house.close();
  }

  private static PluginJar version(String version) {
    return PluginJar.plugin(
            "greet",
            request("greet.hello"),
            """
            @Override protected Future<?> open(PluginContext context) {
              context.handle("greet.hello", (body, caller) -> reply("%s"));
              return Future.succeededFuture();
            }
            """
                .formatted(version))
        .descriptor(
            PluginJar.descriptor("greet", request("greet.hello"), "")
                .replace("\"1.0.0\"", '"' + version + '"'));
  }

  private void move(PluginJar jar, String name) throws IOException {
    Path draft = jar.writeTo(house.plugins.resolve(name + ".tmp"));
    Files.move(draft, house.plugins.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  private String answer() {
    try {
      return house.ask("greet.hello", new JsonObject()).getString("value");
    } catch (ReplyException e) {
      return e.failureType().name();
    }
  }

  @Test
  void aJarThatIsPutReplacedAndRemovedIsDeployedSwappedAndUndeployed() throws IOException {
    house.start();

    move(version("1.0.0"), "greet.jar");
    until(() -> answer().equals("1.0.0"));
    move(version("1.1.0"), "greet.jar");
    until(() -> answer().equals("1.1.0"));
    Files.delete(house.plugins.resolve("greet.jar"));
    until(() -> answer().equals("NO_HANDLERS"));

    assertThat(house.status("greet").state()).isEqualTo(PluginState.STOPPED);
    assertThat(house.deployments).allMatch(change -> change.by().equals(DeployOptions.FOLDER));
  }

  @Test
  void halfAJarIsRefusedWithTheReasonAndTheVersionThatRunsGoesOn() throws IOException {
    house.with("greet.jar", version("1.0.0")).start();
    byte[] whole = Files.readAllBytes(version("1.1.0").writeTo(folder.resolve("whole.jar")));

    Files.write(
        house.plugins.resolve("greet.jar"), java.util.Arrays.copyOf(whole, whole.length / 2));

    until(() -> house.host().plugins().stream().anyMatch(each -> each.id().equals("greet.jar")));
    assertThat(house.errorOf("greet.jar")).startsWith("greet.jar: ");
    assertThat(answer()).isEqualTo("1.0.0");
    Files.write(house.plugins.resolve("greet.jar"), whole);
    until(() -> answer().equals("1.1.0"));
    assertThat(house.host().plugins()).hasSize(1);
  }

  @Test
  void whatAnotherJarKeptFromRunningRunsWhenThatIsTakenAway() throws IOException {
    house.with("a.jar", version("1.0.0")).with("b.jar", version("1.1.0")).start();
    assertThat(house.errorOf("b.jar")).contains("greet is taken by a.jar");

    Files.delete(house.plugins.resolve("a.jar"));

    until(() -> answer().equals("1.1.0"));
    assertThat(house.host().plugins()).extracting(PluginStatus::id).containsExactly("greet");
  }

  @Test
  void aJarThatIsRenamedGoesOn() throws IOException {
    house.with("greet-1.jar", version("1.0.0")).start();

    Files.move(house.plugins.resolve("greet-1.jar"), house.plugins.resolve("greet-2.jar"));

    await(house.vertx.timer(400));
    until(() -> answer().equals("1.0.0"));
    assertThat(house.status("greet").generation()).isEqualTo(1);
  }

  @Test
  void aRollbackHoldsAgainstTheJarThatStillLiesThere() throws IOException {
    house.with("greet.jar", version("1.0.0")).start();
    move(version("2.0.0"), "greet.jar");
    until(() -> answer().equals("2.0.0"));

    await(house.host().rollback("greet", "tester"));
    house.restart();

    assertThat(answer()).isEqualTo("1.0.0");
  }

  @Test
  void onlyListedHashesRunWhereOpsListThem() throws IOException {
    house.start();
    String hash = house.deploy(version("1.0.0")).sha256();
    house.config.put("allow", new JsonArray().add(hash));
    house.restart();

    assertThat(answer()).isEqualTo("1.0.0");
    assertThat(house.refusal(version("1.1.0"))).contains("plugins.allow does not list");
  }

  @Test
  void aProjectThatIsWrittenIsServedWheneverItIsCompiled() throws IOException {
    house.start();
    Path project = Files.createDirectories(folder.resolve("greet"));
    version("1.0.0").compileTo(project.resolve("target/classes"));

    await(house.host().develop(project));
    until(() -> answer().equals("1.0.0"));
    version("1.0.1").compileTo(project.resolve("target/classes"));

    until(() -> answer().equals("1.0.1"));
    assertThat(house.deployments).allMatch(change -> change.by().equals(DeployOptions.DEVELOPMENT));
  }
}
