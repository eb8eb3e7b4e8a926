package io.drawbridge.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PluginsCommandTest {

  private static final String RUNNING =
      """
      {"id": "greet", "version": "1.1.0", "state": "running", "generation": 2,
       "addresses": ["greet.hello"], "previous": "1.0.0", "error": null, "canary": null,
       "was": {"version": "1.0.0", "state": "running", "generation": 1}}""";

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private FakeServer server;

  @BeforeEach
  void start() throws Exception {
    server = new FakeServer();
    server.answer = RUNNING;
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private int run(String... arguments) {
    var all = new ArrayList<>(List.of("plugins"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--url", server.url(), "--token", "carols"));
    return Main.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(all.toArray(String[]::new));
  }

  private String jar() throws Exception {
    return Files.writeString(folder.resolve("greet-1.1.0.jar"), "PK jar").toString();
  }

  @Test
  void deploySendsTheJarAndSaysWhatRunsNow() throws Exception {
    assertThat(run("deploy", jar())).isZero();

    assertThat(out.toString()).isEqualTo("greet 1.1.0 runs (generation 2), was 1.0.0\n");
    assertThat(server.asked).containsExactly("POST /admin/api/plugins?force=false");
    assertThat(server.authorization).isEqualTo("Bearer carols");
    String boundary = server.contentType.replace("multipart/form-data; boundary=", "");
    assertThat(server.body)
        .startsWith("--" + boundary + "\r\n")
        .contains("name=\"plugin\"; filename=\"greet-1.1.0.jar\"")
        .contains("\r\n\r\nPK jar\r\n")
        .endsWith("--" + boundary + "--\r\n");
    assertThat(server.contentLength).isEqualTo(String.valueOf(server.body.length()));
  }

  @Test
  void aCanaryIsTriedByAShareOfTheSubjects() throws Exception {
    server.answer =
        new JsonObject(RUNNING)
            .put("version", "1.0.0")
            .put("canary", JsonObject.of("version", "1.1.0", "percent", 10))
            .encode();

    assertThat(run("deploy", jar(), "--canary", "10", "--force")).isZero();

    assertThat(server.asked).containsExactly("POST /admin/api/plugins?canary=10&force=true");
    assertThat(out.toString())
        .isEqualTo(
            "greet 1.1.0 is a canary for 10 % of the subjects beside 1.0.0: promote or abort it\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rollback", "promote", "abort", "lift"})
  void aChangeNamesThePluginAndSaysWhatRunsNow(String change) {
    assertThat(run(change, "greet")).isZero();

    assertThat(server.asked).containsExactly("POST /admin/api/plugins/greet/" + change);
    assertThat(out.toString()).isEqualTo("greet 1.1.0 runs (generation 2), was 1.0.0\n");
  }

  @Test
  void aJarThatRunsAlreadyIsToldAsSuch() throws Exception {
    server.answer =
        new JsonObject(RUNNING)
            .put("was", JsonObject.of("version", "1.1.0", "state", "running", "generation", 2))
            .encode();

    assertThat(run("deploy", jar())).isZero();

    assertThat(out.toString())
        .isEqualTo("greet 1.1.0 runs (generation 2) already: the same bytes, the same settings\n");
  }

  @Test
  void whatIsNoJarIsNotSent() throws Exception {
    String file = Files.writeString(folder.resolve("pom.xml"), "<project/>").toString();

    assertThat(run("deploy", file)).isEqualTo(2);

    assertThat(err.toString()).contains("pom.xml is no jar: give the one that the build made");
    assertThat(server.asked).isEmpty();
  }

  @Test
  void undeploySaysThatItRests() {
    server.answer = new JsonObject(RUNNING).put("state", "stopped").encode();

    assertThat(run("undeploy", "greet jar")).isZero();

    assertThat(server.asked).containsExactly("DELETE /admin/api/plugins/greet%20jar");
    assertThat(out.toString()).isEqualTo("greet 1.1.0 is undeployed\n");
  }

  @Test
  void scriptsGetTheServersJson() throws Exception {
    assertThat(run("deploy", jar(), "--json")).isZero();

    assertThat(new JsonObject(out.toString())).isEqualTo(new JsonObject(RUNNING));
  }

  @Test
  void theListShowsStateAddressesCanaryProbationLeaksAndError() {
    server.answer =
        """
        [{"id": "greet", "version": "1.0.0", "state": "running", "addresses": ["greet.hello"],
          "error": null, "canary": {"version": "1.1.0", "percent": 10}, "leaked": 0,
          "probation": {"calls": 3, "needed": 50, "secondsLeft": 40}},
         {"id": "held", "version": "1.0.0", "state": "running", "addresses": ["held.ask"],
          "error": "1.1.0: would break clients. Keep it", "canary": null, "leaked": 0},
         {"id": "leaky", "version": "1.0.0", "state": "stopped", "addresses": [],
          "error": null, "canary": null, "leaked": 2},
         {"id": "broken.jar", "version": null, "state": "failed", "addresses": [],
          "error": "broken.jar: is no jar. Build it anew"}]""";

    assertThat(run("list")).isZero();

    assertThat(out.toString().lines())
        .containsExactly(
            "greet                1.0.0      running     greet.hello (canary 1.1.0: 10 %)"
                + " (on probation: 3 of 50 calls, 40 s left)",
            "held                 1.0.0      running     held.ask",
            "                     1.1.0: would break clients. Keep it",
            "leaky                1.0.0      stopped      (2 ended and still in memory: the log names what holds it)",
            "broken.jar           -          failed      broken.jar: is no jar. Build it anew");
  }

  @Test
  void aRefusalIsOneLineInTheServersWords() throws Exception {
    server.status = 422;
    server.answer = "{\"error\": \"greet-1.1.0.jar: is no jar. Build it anew\"}";

    assertThat(run("deploy", jar())).isEqualTo(1);

    assertThat(err.toString())
        .isEqualTo(
            "drawbridge: "
                + server.url()
                + " refused (422): greet-1.1.0.jar: is no jar. Build it anew\n");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void anAnswerThatIsNoJsonIsSaid() {
    server.answer = "<html>";

    assertThat(run("list")).isEqualTo(1);

    assertThat(err.toString()).contains("is a Drawbridge server there?").hasLineCount(1);
  }

  @Test
  void aServerThatIsNotThereIsSaid() {
    server.close();

    assertThat(run("list")).isEqualTo(1);

    assertThat(err.toString()).contains("doesn't answer").hasLineCount(1);
  }

  @Test
  void badUsageAsksNobody() throws Exception {
    assertThat(run("deploy", folder.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("is a folder: deploy takes one jar");
    assertThat(run("deploy", folder.resolve("none.jar").toString())).isEqualTo(2);
    assertThat(run("deploy", jar(), "--canary", "100")).isEqualTo(2);
    assertThat(run("deploy")).isEqualTo(2);
    assertThat(run("rollback")).isEqualTo(2);
    assertThat(server.asked).isEmpty();
  }

  @Test
  void aFolderMayHaveTheNameOfACommand() {
    var parsed = Main.commandLine().parseArgs("--plugins", "plugins", "--conf", "check");

    assertThat(parsed.<Path>matchedOptionValue("--plugins", null)).isEqualTo(Path.of("plugins"));
    assertThat(parsed.hasSubcommand()).isFalse();
  }
}
