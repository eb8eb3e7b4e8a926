package io.drawbridge.pluginhost;

import static io.drawbridge.pluginhost.PluginHostFixture.await;
import static io.drawbridge.pluginhost.PluginHostFixture.until;
import static io.drawbridge.pluginhost.PluginJar.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One version takes over from another while it is called. */
class PluginSwapTest {

  private static final String CALLS = "swap.calls";

  @TempDir Path folder;
  private PluginHostFixture house;

  /** What every version's handlers saw, by sender, in the order in which they were called. */
  private final Map<String, Queue<Integer>> calls = new ConcurrentHashMap<>();

  @BeforeEach
  void furnish() throws IOException {
    house = new PluginHostFixture(folder);
    System.getProperties().put(CALLS, calls);
  }

  @AfterEach
  void clear() {
    house.close();
    System.getProperties().remove(CALLS);
  }

  /** A version whose handler of {@code swap.ask} notes who called and then does something. */
  private static PluginJar version(String version, String more, String handler) {
    return version(version, request("swap.ask"), more, "swap.ask", handler);
  }

  private static PluginJar version(
      String version, String addresses, String more, String address, String handler) {
    return PluginJar.plugin("swap", addresses, "")
        .descriptor(
            PluginJar.descriptor("swap", addresses, more).replace("\"1.0.0\"", '"' + version + '"'))
        .verticle(
            "swap",
            """
            static final String VERSION = "%s";
            @SuppressWarnings("unchecked")
            private static void note(JsonObject body, Caller caller) {
              var calls = (Map<String, Queue<Integer>>) System.getProperties().get("%s");
              calls.computeIfAbsent(String.valueOf(caller.session()), s -> new ConcurrentLinkedQueue<>())
                  .add(body.getInteger("n", -1));
            }
            @Override protected Future<?> open(PluginContext context) {
              context.handle("%s", (body, caller) -> { note(body, caller); %s });
              return Future.succeededFuture();
            }
            """
                .formatted(version, CALLS, address, handler));
  }

  private static final String ANSWER = "return reply(VERSION);";

  private static final String ANSWER_LATER =
      """
      Promise<JsonObject> later = Promise.promise();
      context.after(Duration.ofMillis(400), () -> later.complete(new JsonObject().put("value", VERSION)));
      return later.future();""";

  @ParameterizedTest
  @CsvSource({
    "event-loop, 1, return reply(VERSION);",
    "event-loop, 2, return reply(VERSION);",
    "worker, 2, 'try { Thread.sleep(1); } catch (InterruptedException e) { } return reply(VERSION);'"
  })
  void swapsLoseNothingDoubleNothingAndKeepTheOrder(
      String threading, int instances, String handler) {
    String more = "\"threading\": \"%s\", \"instances\": %d".formatted(threading, instances);
    house.start();
    house.deploy(version("1.0.0", more, handler));
    AtomicBoolean over = new AtomicBoolean();
    List<Future<List<String>>> senders = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      senders.add(keepAsking("s-" + i, 0, over, new ArrayList<>()));
    }

    for (int swap = 1; swap <= 20; swap++) {
      house.deploy(version(swap % 2 == 0 ? "1.0.0" : "1.1.0", more, handler));
    }
    over.set(true);

    List<String> answers =
        senders.stream().map(PluginHostFixture::await).flatMap(List::stream).toList();
    assertThat(answers).contains("1.0.0", "1.1.0");
    assertThat(calls.values().stream().mapToInt(Queue::size).sum()).isEqualTo(answers.size());
    assertThat(calls.values())
        .allSatisfy(seen -> assertThat(List.copyOf(seen)).isSorted().doesNotHaveDuplicates());
    assertThat(house.status("swap").generation()).isEqualTo(21);
  }

  /** Sends four requests at a time, one behind the other; the versions that answered. */
  private Future<List<String>> keepAsking(
      String session, int from, AtomicBoolean over, List<String> answers) {
    List<Future<JsonObject>> asked = new ArrayList<>();
    for (int n = from; n < from + 4; n++) {
      asked.add(house.askAs(session, "swap.ask", new JsonObject().put("n", n)));
    }
    return Future.all(asked)
        .compose(
            all -> {
              asked.forEach(reply -> answers.add(reply.result().getString("value")));
              return over.get()
                  ? Future.succeededFuture(answers)
                  : keepAsking(session, from + 4, over, answers);
            });
  }

  @Test
  void theOldVersionFinishesWhatItTookAndTheNewOneServesMeanwhile() {
    house.start();
    house.deploy(version("1.0.0", "", ANSWER_LATER));
    Future<JsonObject> slow = house.askAs("s-1", "swap.ask", new JsonObject());
    until(() -> !calls.isEmpty());

    house.deploy(version("2.0.0", "", ANSWER));

    assertThat(await(house.askAs("s-1", "swap.ask", new JsonObject())).getString("value"))
        .isEqualTo("2.0.0");
    assertThat(slow.isComplete()).isFalse();
    assertThat(await(slow).getString("value")).isEqualTo("1.0.0");
  }

  @Test
  void whatTheOldVersionDoesNotFinishInTimeIsRefusedAsDraining() {
    house.config.put("drainSeconds", 1);
    house.start();
    house.deploy(version("1.0.0", "", "return Promise.<JsonObject>promise().future();"));
    Future<JsonObject> endless = house.askAs("s-1", "swap.ask", new JsonObject());
    until(() -> !calls.isEmpty());

    house.deploy(version("2.0.0", "", ANSWER));

    assertThat(PluginHostFixture.failure(endless))
        .returns(4113, ReplyException::failureCode)
        .hasMessageContaining("try again");
  }

  @Test
  void aSenderIsHeldUntilTheOldVersionsHandlerHasReturned() {
    house.start();
    String blocks =
        "try { Thread.sleep(500); } catch (InterruptedException e) { } return reply(VERSION);";
    house.deploy(version("1.0.0", "\"threading\": \"worker\"", blocks));
    Future<JsonObject> first = house.askAs("s-1", "swap.ask", new JsonObject().put("n", 1));
    until(() -> !calls.isEmpty());

    house.deploy(version("2.0.0", "", ANSWER));
    Future<JsonObject> second = house.askAs("s-1", "swap.ask", new JsonObject().put("n", 2));
    String other = await(house.askAs("s-2", "swap.ask", new JsonObject())).getString("value");

    assertThat(other).isEqualTo("2.0.0");
    assertThat(second.isComplete())
        .as("held while 1 is inside its handler")
        .isEqualTo(first.isComplete());
    assertThat(await(second).getString("value")).isEqualTo("2.0.0");
    assertThat(calls.get("s-1")).containsExactly(1, 2);
  }

  @Test
  void aHandlerThatNeverReturnsHoldsItsSenderNoLongerThanTheDrain() {
    house.config.put("drainSeconds", 1);
    house.start();
    String stuck =
        "try { new CountDownLatch(1).await(8, TimeUnit.SECONDS); } catch (InterruptedException e) { }"
            + " return reply(VERSION);";
    house.deploy(version("1.0.0", "\"threading\": \"worker\"", stuck));
    Future<JsonObject> first = house.askAs("s-1", "swap.ask", new JsonObject());
    until(() -> !calls.isEmpty());

    house.deploy(version("2.0.0", "", ANSWER));
    Future<JsonObject> second = house.askAs("s-1", "swap.ask", new JsonObject());

    assertThat(await(second).getString("value")).isEqualTo("2.0.0");
    assertThat(PluginHostFixture.failure(first)).returns(4113, ReplyException::failureCode);
  }

  @ParameterizedTest
  @CsvSource({
    "throw new IllegalStateException(\"no luck\");, open failed with IllegalStateException: no luck",
    "return Future.failedFuture(\"no luck\");, open failed with",
    "return Promise.promise().future();, open did not end within 1 s"
  })
  void aVersionThatDoesNotStartLeavesTheOldOneUntouched(String open, String reason) {
    house.startSeconds = 1;
    house.start();
    house.deploy(version("1.0.0", "", ANSWER));
    PluginJar broken =
        version("2.0.0", "", ANSWER)
            .verticle(
                "swap",
                "@Override protected Future<?> open(PluginContext c) { %s }".formatted(open));

    assertThat(house.refusal(broken)).contains(reason);

    assertThat(house.ask("swap.ask", new JsonObject()).getString("value")).isEqualTo("1.0.0");
    assertThat(house.status("swap"))
        .returns("1.0.0", PluginStatus::version)
        .returns(PluginState.RUNNING, PluginStatus::state);
    assertThat(house.status("swap").error()).startsWith("2.0.0: ").contains(reason);
  }

  @Test
  void anAddressSetThatChangesSwapsAsAWhole() {
    house.start();
    house.deploy(version("1.0.0", request("swap.old"), "", "swap.old", ANSWER));

    PluginJar next = version("2.0.0", request("swap.new"), "", "swap.new", ANSWER);
    assertThat(house.refusal(next)).contains("would break clients of 1.0.0", "swap.old", "--force");
    await(house.deploy(next, new DeployOptions(0, true, "tester")));

    assertThat(house.ask("swap.new", new JsonObject()).getString("value")).isEqualTo("2.0.0");
    assertThat(house.refusal("swap.old", new JsonObject()).failureCode()).isIn(4104, -1);
    assertThat(house.status("swap").addresses()).containsExactly("swap.new");
  }

  @Test
  void theSameBytesUnderAnotherNameAreTheSameVersion() throws IOException {
    house.with("swap.jar", version("1.0.0", "", ANSWER)).start();
    house.deploy(version("1.1.0", "", ANSWER));
    Path other = version("1.0.0", "", ANSWER).writeTo(folder.resolve("another-name.jar"));

    await(house.host().deploy(other, DeployOptions.plain("tester")));

    assertThat(house.ask("swap.ask", new JsonObject()).getString("value")).isEqualTo("1.0.0");
  }

  @Test
  void theSameBytesAgainChangeNothing() {
    house.start();
    house.deploy(version("1.0.0", "", ANSWER));

    assertThat(house.deploy(version("1.0.0", "", ANSWER)).generation()).isEqualTo(1);
  }

  @Test
  void theSameBytesWithOtherSettingsAreStartedAgain() throws IOException {
    String more =
        "\"settings\": {\"properties\": {\"word\": {\"type\": \"string\", \"default\": \"a\"}}}";
    PluginJar jar = version("1.0.0", more, "return reply(context.settings().getString(\"word\"));");
    house.start();
    house.deploy(jar);
    house.settings("swap", "{\"word\": \"b\"}");

    house.deploy(jar);

    assertThat(house.ask("swap.ask", new JsonObject()).getString("value")).isEqualTo("b");
  }

  @Test
  void theListingTellsHowFarAProbationHasCome() {
    house.start();
    house.deploy(version("1.0.0", "", ANSWER));
    assertThat(house.status("swap").trial()).isNull();

    assertThat(house.deploy(version("1.1.0", "", ANSWER)).trial()).isNotNull();
    house.ask("swap.ask", new JsonObject());

    // A call is counted when its reply is on its way.
    until(() -> house.status("swap").trial().calls() == 1);
    assertThat(house.status("swap").trial())
        .returns(50, PluginStatus.Trial::needed)
        .matches(trial -> trial.secondsLeft() > 30);
  }

  @Test
  void rollsBackInOneStepAndStaysSoOverARestart() {
    house.start();
    house.deploy(version("1.0.0", "", ANSWER));
    house.deploy(version("2.0.0", "", ANSWER));

    PluginStatus back = await(house.host().rollback("swap", "tester"));

    assertThat(back.version()).isEqualTo("1.0.0");
    assertThat(house.ask("swap.ask", new JsonObject()).getString("value")).isEqualTo("1.0.0");
    house.restart();
    assertThat(house.ask("swap.ask", new JsonObject()).getString("value")).isEqualTo("1.0.0");
  }

  @Test
  void aJarThatWasUndeployedRestsUntilItsBytesChange() {
    house.with("swap.jar", version("1.0.0", "", ANSWER)).start();

    await(house.host().undeploy("swap", "tester"));
    house.restart();

    assertThat(house.status("swap").state()).isEqualTo(PluginState.STOPPED);
    assertThat(house.refusal("swap.ask", new JsonObject()).failureType().name())
        .isEqualTo("NO_HANDLERS");
    house.with("swap.jar", version("1.1.0", "", ANSWER)).restart();
    assertThat(house.ask("swap.ask", new JsonObject()).getString("value")).isEqualTo("1.1.0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"no descriptor", "fails to start"})
  void aNewJarThatIsBrokenAtARestartLeavesTheFieldToTheOneThatRan(String how) {
    house.with("swap.jar", version("1.0.0", "", ANSWER)).start();
    PluginJar broken = version("2.0.0", "", ANSWER);
    house.with(
        "swap.jar",
        how.equals("no descriptor")
            ? broken.descriptor("{")
            : broken.verticle(
                "swap",
                "@Override protected Future<?> open(PluginContext c) { return Future.failedFuture(\"x\"); }"));

    house.restart();

    assertThat(house.ask("swap.ask", new JsonObject()).getString("value")).isEqualTo("1.0.0");
    assertThat(house.host().plugins()).anyMatch(status -> status.error() != null);
  }

  @Test
  void aCanaryServesItsShareOfTheSubjectsAndThoseAlways() {
    house.start();
    house.deploy(version("1.0.0", "", ANSWER));
    await(house.deploy(version("2.0.0", "", ANSWER), new DeployOptions(30, false, "tester")));

    Map<String, List<String>> bySubject = new ConcurrentHashMap<>();
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < 200; i++) {
        String subject = "subject-" + i;
        Future<JsonObject> reply =
            house
                .vertx
                .eventBus()
                .<JsonObject>request(
                    "swap.ask",
                    new JsonObject(),
                    PluginHostFixture.browser(subject, "s-" + round + "-" + i))
                .map(message -> message.body());
        bySubject
            .computeIfAbsent(subject, s -> new ArrayList<>())
            .add(await(reply).getString("value"));
      }
    }

    assertThat(bySubject.values())
        .allSatisfy(versions -> assertThat(versions).containsOnly(versions.get(0)));
    Map<String, Long> share =
        bySubject.values().stream()
            .collect(Collectors.groupingBy(versions -> versions.get(0), Collectors.counting()));
    assertThat(share.get("2.0.0")).isBetween(35L, 85L);
    assertThat(house.status("swap").canary()).isEqualTo(new PluginStatus.Canary("2.0.0", 30));
    await(house.host().abort("swap", "tester"));
    assertThat(house.status("swap"))
        .returns("1.0.0", PluginStatus::version)
        .returns(null, PluginStatus::canary);
  }

  @Test
  void aCanaryThatIsPromotedServesEverybody() {
    house.start();
    house.deploy(version("1.0.0", "", ANSWER));
    await(house.deploy(version("2.0.0", "", ANSWER), new DeployOptions(1, false, "tester")));

    await(house.host().promote("swap", "tester"));

    for (int i = 0; i < 20; i++) {
      assertThat(await(house.askAs("s-" + i, "swap.ask", new JsonObject())).getString("value"))
          .isEqualTo("2.0.0");
    }
    assertThat(house.status("swap").previous()).isEqualTo("1.0.0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "throw new IllegalStateException();",
        "return HandlerException.refuse(503, \"away\");"
      })
  void aVersionThatFailsAFifthOfItsCallsIsRolledBackByItself(String failing) {
    String handler =
        "if (body.getInteger(\"n\") %% 5 == 0) %s return reply(VERSION);".formatted(failing);
    house.start();
    house.deploy(version("1.0.0", "", ANSWER));
    house.deploy(version("2.0.0", "", handler));

    for (int n = 0; "2.0.0".equals(house.status("swap").version()) && n < 100_000; n++) {
      await(house.askAs("s-" + n % 7, "swap.ask", new JsonObject().put("n", n)).otherwiseEmpty());
    }

    assertThat(house.status("swap").version()).isEqualTo("1.0.0");
    until(() -> house.status("swap").error() != null);
    assertThat(house.status("swap").error())
        .startsWith("2.0.0 was taken back")
        .contains("calls failed");
    assertThat(house.ask("swap.ask", new JsonObject()).getString("value")).isEqualTo("1.0.0");
    assertThat(house.deployments).anyMatch(change -> change.by().equals(Deployment.HOST));
  }

  @Test
  void refusalsThatAreTheCallersFaultEndNoProbation() {
    house.config.put("probation", new JsonObject().put("calls", 5));
    house.start();
    house.deploy(version("1.0.0", "", ANSWER));
    house.deploy(version("2.0.0", "", "return HandlerException.refuse(404, \"not here\");"));
    for (int n = 0; n < 20; n++) {
      await(house.askAs("s-1", "swap.ask", new JsonObject()).otherwiseEmpty());
    }

    await(house.vertx.timer(600));

    assertThat(house.status("swap").version()).isEqualTo("2.0.0");
  }

  @Test
  void aCanaryThatFailsIsTakenBackByItself() {
    house.config.put("probation", new JsonObject().put("calls", 5));
    house.start();
    house.deploy(version("1.0.0", "", ANSWER));
    PluginJar failing = version("2.0.0", "", "throw new IllegalStateException();");
    await(house.deploy(failing, new DeployOptions(99, false, "tester")));
    for (int n = 0; n < 20; n++) {
      await(house.askAs("s-" + n, "swap.ask", new JsonObject()).otherwiseEmpty());
    }

    until(() -> house.status("swap").canary() == null);

    assertThat(house.status("swap").version()).isEqualTo("1.0.0");
  }

  @Test
  void aPlainVerticleIsDeployedAsItIsWithConsumersOfItsOwn() {
    PluginJar plain =
        new PluginJar()
            .descriptor(PluginJar.descriptor("plain", request("plain.ask"), ""))
            .source(
                "plain.TestVerticle",
                """
                package plain;
                import io.vertx.core.*;
                public class TestVerticle extends VerticleBase {
                  @Override public Future<?> start() {
                    return vertx.eventBus().<Object>consumer("plain.ask", message ->
                        message.reply(new io.vertx.core.json.JsonObject().put("value", "plain"))).completion();
                  }
                }
                """);
    house.start();

    house.deploy(plain);

    assertThat(house.ask("plain.ask", new JsonObject()).getString("value")).isEqualTo("plain");
    assertThat(house.status("plain").hotSwap()).isFalse();
    await(house.host().undeploy("plain", "tester"));
    assertThat(house.refusal("plain.ask", new JsonObject()).failureType().name())
        .isEqualTo("NO_HANDLERS");
  }

  @Test
  void everyChangeIsToldWithWhoAskedAndItsHash() {
    house.start();
    PluginStatus status = house.deploy(version("1.0.0", "", ANSWER));
    await(house.host().undeploy("swap", "tester"));
    await(house.host().rollback("nobody", "tester").otherwiseEmpty());

    assertThat(house.deployments)
        .containsExactly(
            new Deployment("deploy", "swap", "1.0.0", status.sha256(), "tester", null),
            new Deployment("undeploy", "swap", "1.0.0", null, "tester", null),
            new Deployment(
                "rollback",
                "nobody",
                null,
                null,
                "tester",
                "plugin nobody: is unknown here. Look at the listing for the right id"));
  }
}
