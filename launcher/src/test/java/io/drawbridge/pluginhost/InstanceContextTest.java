package io.drawbridge.pluginhost;

import static io.drawbridge.pluginhost.PluginHostFixture.await;
import static io.drawbridge.pluginhost.PluginJar.descriptor;
import static io.drawbridge.pluginhost.PluginJar.plugin;
import static io.drawbridge.pluginhost.PluginJar.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the host lends a plugin, and how plugins run. */
class InstanceContextTest {

  private static final String BROADCAST =
      """
      , {"address": "test.room.{room}", "kind": "broadcast", "summary": "A test's"},
        {"address": "test.all.**", "kind": "broadcast", "summary": "A test's"}""";

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

  private void serve(String more, String handler) {
    String members =
        """
        static final List<String> SEEN = new CopyOnWriteArrayList<>();
        @Override protected Future<?> open(PluginContext context) {
          context.handle("test.ask", (body, caller) -> { %s });
          return Future.succeededFuture();
        }
        @Override protected Future<?> close() {
          System.setProperty("test.closed", "yes");
          throw new IllegalStateException("hurts nobody");
        }
        """
            .formatted(handler);
    String addresses = request("test.ask") + BROADCAST;
    PluginJar jar = plugin("test", addresses, members);
    house.with("test.jar", jar.descriptor(descriptor("test", addresses, more))).start();
    house.assertRunning("test");
  }

  private Object ask(JsonObject body) {
    return house.ask("test.ask", body).getValue("value");
  }

  @Test
  void publishesToAddressesOfTheDescriptor() {
    serve("", "return context.publish(body.getString(\"to\"), body).map(any -> new JsonObject());");
    Promise<JsonObject> heard = Promise.promise();
    house.vertx.eventBus().<JsonObject>consumer("test.room.42", m -> heard.tryComplete(m.body()));
    JsonObject body = new JsonObject().put("to", "test.room.42");

    house.ask("test.ask", body);
    house.ask("test.ask", new JsonObject().put("to", "test.all.nobody.listens"));

    assertThat(await(heard.future())).isEqualTo(body);
  }

  @ParameterizedTest
  @CsvSource({"test.room", "test.room.a.b", "test.room.", "test.all", "test.ask", "chat.room.x"})
  void publishesNowhereElse(String address) {
    serve(
        "",
        "return context.publish(body.getString(\"to\"), body).transform(sent -> reply(String.valueOf(sent.cause())));");

    assertThat(ask(new JsonObject().put("to", address)))
        .asString()
        .contains("IllegalArgumentException")
        .endsWith(address + " is no address of kind broadcast in plugin.json: list it there");
  }

  @Test
  void asksOtherPluginsAsAnInternalCaller() {
    house.with(
        "other.jar",
        plugin(
            "other",
            request("other.ask"),
            """
            @Override protected Future<?> open(PluginContext context) {
              context.handle("other.ask", (body, caller) -> caller.isInternal()
                  ? reply("internal") : HandlerException.refuse(403, "no"));
              return Future.succeededFuture();
            }
            """));
    serve(
        "",
        """
        return context.request("other.ask", new JsonObject())
            .compose(first -> context.request("nobody.there", new JsonObject())
                .recover(e -> Future.succeededFuture(new JsonObject().put("value", String.valueOf(e))))
                .map(second -> new JsonObject().put("value", first.getString("value") + " " + second.getString("value"))));""");

    Object reply =
        house.askAs("s-1", "test.ask", new JsonObject()).map(b -> b.getValue("value")).await();

    assertThat(reply).asString().startsWith("internal ").contains("NO_HANDLERS");
  }

  @Test
  void waitsForAReplyNoLongerThanItIsTold() {
    house.vertx.eventBus().consumer("silent", message -> {});
    serve(
        "",
        """
        return context.request("silent", new JsonObject(), Duration.ofMillis(50))
            .transform(outcome -> reply(String.valueOf(outcome.cause())));""");

    assertThat(ask(new JsonObject())).asString().contains("TIMEOUT");
  }

  @Test
  void runsTimersOnTheInstancesContextUntilTheyEnd() {
    serve(
        "",
        """
        String handlers = Thread.currentThread().getName();
        PluginContext.Timer[] timer = new PluginContext.Timer[1];
        Promise<JsonObject> done = Promise.promise();
        context.after(Duration.ZERO, () -> { throw new IllegalStateException("only logged"); });
        timer[0] = context.every(Duration.ofMillis(2), () -> {
          SEEN.add(Thread.currentThread().getName());
          if (SEEN.size() == 2) { throw new IllegalStateException("only logged"); }
          if (SEEN.size() == 4) {
            timer[0].cancel();
            context.after(Duration.ofMillis(30), () ->
                done.complete(new JsonObject().put("value", SEEN.size() + " " + new HashSet<>(SEEN).equals(Set.of(handlers)))));
          }
        });
        return done.future();""");

    assertThat(ask(new JsonObject())).isEqualTo("4 true");
  }

  @Test
  void endsTimersWithThePluginEvenIfItsCloseThrows() {
    serve(
        "",
        """
        context.every(Duration.ofMillis(1), () -> System.setProperty("test.ticks",
            String.valueOf(1 + Integer.getInteger("test.ticks", 0))));
        return reply(1);""");
    ask(new JsonObject());
    PluginHostFixture.until(() -> Integer.getInteger("test.ticks", 0) > 2);

    await(house.host().stop());

    assertThat(System.getProperty("test.closed")).isEqualTo("yes");
    int ticks = Integer.getInteger("test.ticks");
    await(house.vertx.timer(30));
    assertThat(Integer.getInteger("test.ticks")).isEqualTo(ticks);
    System.clearProperty("test.ticks");
    System.clearProperty("test.closed");
  }

  @Test
  void handlersCantBeGivenLater() {
    serve("", "context.handle(\"test.ask\", null); return reply(1);");

    assertThat(house.refusal("test.ask", new JsonObject()).failureCode()).isEqualTo(4110);
  }

  @Test
  void showsSettingsWithTheirDefaults() throws IOException {
    house.settings("test", "{\"greeting\": \"Moin\", \"limits\": {\"rate\": 3}}");
    String schema =
        """
        "settings": {"type": "object", "properties": {
          "greeting": {"type": "string", "default": "Hello"},
          "limits": {"type": "object", "default": {}, "properties": {
            "rate": {"type": "integer", "default": 5}, "burst": {"type": "integer", "default": 9}}}}}""";
    serve(schema, "return Future.succeededFuture(context.settings());");

    assertThat(house.ask("test.ask", new JsonObject()))
        .isEqualTo(
            new JsonObject()
                .put("greeting", "Moin")
                .put("limits", new JsonObject().put("rate", 3).put("burst", 9)));
  }

  @Test
  void lendsThePoolButNotItsClose() {
    AtomicInteger closed = new AtomicInteger();
    house.database = Future.succeededFuture(pool(closed));
    serve(
        "\"needs\": [\"database\"]",
        "return context.pool().close().map(any -> new JsonObject().put(\"value\", context.pool().size()));");

    assertThat(ask(new JsonObject())).isEqualTo(7);
    assertThat(closed).hasValue(0);
  }

  /** A pool of seven connections that counts how often it is closed. */
  private static Pool pool(AtomicInteger closed) {
    return (Pool)
        Proxy.newProxyInstance(
            Pool.class.getClassLoader(),
            new Class<?>[] {Pool.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "size" -> 7;
                  case "close" -> {
                    closed.incrementAndGet();
                    yield Future.succeededFuture();
                  }
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  @ParameterizedTest
  @CsvSource({"event-loop, vert.x-eventloop-thread", "worker, plugin-test-1"})
  void runsHandlersWhereTheDescriptorSays(String threading, String thread) {
    serve(
        "\"threading\": \"" + threading + "\"", "return reply(Thread.currentThread().getName());");

    assertThat(ask(new JsonObject())).asString().startsWith(thread);
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_21)
  void runsHandlersOnVirtualThreads() {
    serve(
        "\"threading\": \"virtual-thread\"",
        "return reply(context.vertx().timer(1).map(any -> Thread.currentThread().toString()).await());");

    assertThat(ask(new JsonObject())).asString().startsWith("VirtualThread");
  }

  @Test
  void aWorkerMayBlock() {
    serve(
        "\"threading\": \"worker\"",
        "return reply(new CompletableFuture<String>().completeOnTimeout(\"waited\", 20, TimeUnit.MILLISECONDS).join());");

    assertThat(ask(new JsonObject())).isEqualTo("waited");
  }

  @Test
  void keepsPluginsOffTheEventLoopsOfSockets() {
    house.socketLoop = thread -> thread.getName().endsWith("0") || thread.getName().endsWith("1");
    serve("\"instances\": 6", "return reply(Thread.currentThread().getName());");

    for (int i = 0; i < 24; i++) {
      assertThat(ask(new JsonObject())).asString().doesNotEndWith("0").doesNotEndWith("1");
    }
  }
}
