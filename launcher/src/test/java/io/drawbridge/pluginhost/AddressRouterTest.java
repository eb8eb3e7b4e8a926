package io.drawbridge.pluginhost;

import static io.drawbridge.pluginhost.PluginHostFixture.await;
import static io.drawbridge.pluginhost.PluginHostFixture.browser;
import static io.drawbridge.pluginhost.PluginJar.descriptor;
import static io.drawbridge.pluginhost.PluginJar.plugin;
import static io.drawbridge.pluginhost.PluginJar.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens to a message between the bus and a plugin's handler, and to the answer. */
class AddressRouterTest {

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

  /** Starts a plugin whose one handler, at {@code test.ask}, has the given body. */
  private void serve(String handler) {
    serve(request("test.ask"), "", "test.ask", handler);
  }

  private void serve(String addresses, String more, String address, String handler) {
    String members =
        """
        static final List<Promise<JsonObject>> HELD = new CopyOnWriteArrayList<>();
        static final Map<String, List<Object>> SEEN = new ConcurrentHashMap<>();
        @Override protected Future<?> open(PluginContext context) {
          context.handle("%s", (body, caller) -> { %s });
          return Future.succeededFuture();
        }
        """
            .formatted(address, handler);
    house
        .with(
            "test.jar",
            plugin("test", addresses, members).descriptor(descriptor("test", addresses, more)))
        .start();
    house.assertRunning("test");
  }

  private ReplyException refusal(Object body) {
    return house.refusal("test.ask", body);
  }

  @Test
  void tellsAHandlerWhichBrowserCalls() {
    serve(
        "return reply(caller.subject() + ' ' + caller.session() + ' ' + caller.holds(\"chat:read\")"
            + " + ' ' + caller.claims().encode() + ' ' + caller.isInternal());");

    JsonObject reply = await(house.askAs("s-7", "test.ask", new JsonObject()));

    assertThat(reply.getString("value")).isEqualTo("alice s-7 true {\"tenant\":\"acme\"} false");
  }

  @Test
  void tellsAHandlerThatTheClusterCalls() {
    serve("return reply(caller.isInternal() && !caller.isSignedIn() && caller.session() == null);");

    assertThat(house.ask("test.ask", null).getBoolean("value")).isTrue();
  }

  @Test
  void refusesClaimsThatNoBridgeWrote() {
    serve("return reply(1);");
    var options = new DeliveryOptions().addHeader("eb-session", "s").addHeader("eb-claims", "{");

    Future<?> reply = house.vertx.eventBus().request("test.ask", new JsonObject(), options);

    assertThat(PluginHostFixture.failure(reply)).returns(4107, ReplyException::failureCode);
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "array", "number"})
  void refusesABodyThatIsNoObject(String kind) {
    serve("return reply(1);");
    Object body =
        switch (kind) {
          case "text" -> "hello";
          case "array" -> new JsonArray();
          default -> 7;
        };

    assertThat(refusal(body))
        .returns(4107, ReplyException::failureCode)
        .hasMessage("test.ask takes a JSON object as its body");
  }

  @Test
  void refusesABodyThatBreaksTheSchemaAndNeverAsksThePlugin() {
    String schema =
        """
        {"address": "test.ask", "kind": "request", "summary": "A test's", "request":
          {"type": "object", "required": ["n"], "properties": {"n": {"type": "integer", "maximum": 9},
           "list": {"type": "array", "items": {"type": "string"}}}}}""";
    serve(schema, "", "test.ask", "return reply(body.getInteger(\"n\"));");

    assertThat(house.ask("test.ask", new JsonObject().put("n", 3)).getInteger("value"))
        .isEqualTo(3);
    assertThat(refusal(new JsonObject()))
        .returns(4107, ReplyException::failureCode)
        .hasMessageContaining("/n");
    assertThat(refusal(new JsonObject().put("n", 10)))
        .returns(4107, ReplyException::failureCode)
        .hasMessageContaining("/n");
    assertThat(refusal(new JsonObject().put("n", 1).put("list", new JsonArray().add("a").add(2))))
        .returns(4107, ReplyException::failureCode)
        .hasMessageContaining("/list/1");
  }

  @Test
  void passesAHandlersOwnRefusalOn() {
    serve("return HandlerException.refuse(409, \"taken\");");

    assertThat(refusal(new JsonObject()))
        .returns(409, ReplyException::failureCode)
        .hasMessage("taken");
  }

  @Test
  void passesARefusalThatIsThrownOn() {
    serve("throw new HandlerException(422, \"no\");");

    assertThat(refusal(new JsonObject()))
        .returns(422, ReplyException::failureCode)
        .hasMessage("no");
  }

  @ParameterizedTest
  @CsvSource({"4099, 4099", "4100, 4110", "4103, 4110", "4199, 4110", "4200, 4200"})
  void keepsItsOwnCodesToItself(int thrown, int told) {
    serve("return HandlerException.refuse(body.getInteger(\"code\"), \"x\");");

    assertThat(refusal(new JsonObject().put("code", thrown)))
        .returns(told, ReplyException::failureCode);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "throw new IllegalStateException(\"a secret\");",
        "throw new StackOverflowError();",
        "return null;",
        "return Future.failedFuture(new IllegalStateException(\"a secret\"));",
        "return Future.succeededFuture();",
        "return Future.succeededFuture(new JsonObject().put(\"x\", new Thread()));",
        "return Future.failedFuture((String) null);"
      })
  void tellsTheCallerNothingOfABrokenHandler(String handler) {
    serve(handler);

    assertThat(refusal(new JsonObject()))
        .returns(4110, ReplyException::failureCode)
        .hasMessage("the handler of test.ask failed");
  }

  @Test
  void answersForAHandlerThatDoesNotAndFreesItsPlace() {
    house.requestSeconds = 1;
    house.inFlight = 1;
    serve(
        """
        if (!body.getBoolean("hang", false)) { return reply("free"); }
        Promise<JsonObject> held = Promise.promise();
        HELD.add(held);
        context.after(Duration.ofMillis(2500), () -> held.complete(new JsonObject()));
        return held.future();""");

    assertThat(refusal(new JsonObject().put("hang", true)))
        .returns(4108, ReplyException::failureCode)
        .hasMessage("the handler of test.ask did not answer in time");
    assertThat(house.ask("test.ask", new JsonObject()).getString("value")).isEqualTo("free");
  }

  @Test
  void refusesWhatExceedsItsQueueAndServesTheRest() {
    house.inFlight = 2;
    house.queue = 3;
    serve(
        """
        if (body.getBoolean("release", false)) {
          HELD.forEach(held -> held.tryComplete(new JsonObject()));
        }
        Promise<JsonObject> held = Promise.promise();
        HELD.add(held);
        context.after(Duration.ofMillis(300), () -> held.tryComplete(new JsonObject().put("value", 1)));
        return held.future();""");
    List<Future<JsonObject>> asked = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      asked.add(house.askAs("s-" + i, "test.ask", new JsonObject()));
    }

    await(Future.join(asked).otherwiseEmpty());

    List<Throwable> refused = asked.stream().filter(Future::failed).map(Future::cause).toList();
    assertThat(asked.stream().filter(Future::succeeded)).hasSize(5);
    assertThat(refused)
        .hasSize(4)
        .allSatisfy(
            e ->
                assertThat((ReplyException) e)
                    .returns(4106, ReplyException::failureCode)
                    .hasMessageContaining("test.ask has more requests waiting than it may"));
    assertThat(house.ask("test.ask", new JsonObject()).getInteger("value")).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"event-loop, 1", "event-loop, 3", "worker, 1", "worker, 3"})
  void startsTheCallsOfOneSessionInOrder(String threading, int instances) {
    house.inFlight = 8;
    serve(
        request("test.ask"),
        "\"threading\": \"%s\", \"instances\": %d".formatted(threading, instances),
        "test.ask",
        """
        List<Object> seen = SEEN.computeIfAbsent(caller.session(), s -> new CopyOnWriteArrayList<>());
        seen.add(body.getInteger("n"));
        Promise<JsonObject> later = Promise.promise();
        context.after(Duration.ofMillis(1 + body.getInteger("n") % 3), () ->
            later.complete(new JsonObject().put("seen", new JsonArray(new ArrayList<>(seen)))));
        return later.future();""");
    List<Future<JsonObject>> last = new ArrayList<>();

    for (int n = 0; n < 100; n++) {
      for (int session = 0; session < 5; session++) {
        last.add(house.askAs("s-" + session, "test.ask", new JsonObject().put("n", n)));
      }
    }
    await(Future.all(last));

    List<Integer> expected = IntStream.range(0, 100).boxed().toList();
    for (int session = 0; session < 5; session++) {
      assertThat(last.get(last.size() - 1 - session).result().getJsonArray("seen").getList())
          .isEqualTo(expected);
    }
  }

  @Test
  void spreadsSessionsOverInstances() {
    serve(
        request("test.ask"),
        "\"instances\": 4",
        "test.ask",
        "return reply(System.identityHashCode(context));");

    List<Integer> instances =
        IntStream.range(0, 40)
            .mapToObj(i -> await(house.askAs("s-" + i, "test.ask", new JsonObject())))
            .map(reply -> reply.getInteger("value"))
            .distinct()
            .toList();

    assertThat(instances).hasSize(4);
  }

  @Test
  void acknowledgesAnEventBeforeItsHandlerIsDone() {
    serve(
        request("test.ask").replace("request", "event"),
        "",
        "test.ask",
        "System.setProperty(\"test.event\", body.getString(\"word\")); return Promise.<JsonObject>promise().future();");

    Object reply =
        await(house.vertx.eventBus().request("test.ask", new JsonObject().put("word", "heard")))
            .body();

    assertThat(reply).isNull();
    PluginHostFixture.until(() -> "heard".equals(System.getProperty("test.event")));
    System.clearProperty("test.event");
  }

  @Test
  void handlesABigBody() {
    serve("return reply(body.getString(\"text\").length());");

    JsonObject reply = house.ask("test.ask", new JsonObject().put("text", "x".repeat(8 << 20)));

    assertThat(reply.getInteger("value")).isEqualTo(8 << 20);
  }

  @Test
  void anInstanceThatIsStuckLeavesTheOthersTheirShare() {
    house.inFlight = 4;
    house.requestSeconds = 1;
    serve(
        request("test.ask"),
        "\"instances\": 2, \"threading\": \"worker\"",
        "test.ask",
        """
        if (body.getBoolean("stuck", false)) {
          try {
            new CountDownLatch(1).await(20, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        }
        return reply(System.identityHashCode(context));""");
    JsonObject stuck = new JsonObject().put("stuck", true);
    int there = await(house.askAs("s-0", "test.ask", new JsonObject())).getInteger("value");
    List<Future<JsonObject>> lost = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      lost.add(house.askAs("s-0", "test.ask", stuck));
    }

    String other = sessionOfAnotherInstance();

    assertThat(await(house.askAs(other, "test.ask", new JsonObject())).getInteger("value"))
        .isNotEqualTo(there);
    for (Future<JsonObject> request : lost) {
      assertThat(PluginHostFixture.failure(request)).returns(4108, ReplyException::failureCode);
    }
    assertThat(await(house.askAs(other, "test.ask", new JsonObject())).getInteger("value"))
        .isNotEqualTo(there);
  }

  /** Sessions are spread by their hash: this one goes where the first does not. */
  private static String sessionOfAnotherInstance() {
    int parity = Math.floorMod("s-0".hashCode(), 2);
    return IntStream.range(1, 100)
        .mapToObj(i -> "s-" + i)
        .filter(session -> Math.floorMod(session.hashCode(), 2) != parity)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void sendsWithoutAReplyAddressReachTheHandler() {
    serve("System.setProperty(\"test.sent\", caller.subject()); return reply(1);");

    house.vertx.eventBus().send("test.ask", new JsonObject(), browser("bob", "s-2"));

    PluginHostFixture.until(() -> "bob".equals(System.getProperty("test.sent")));
    System.clearProperty("test.sent");
  }
}
