package io.drawbridge.pluginhost;

import static io.drawbridge.pluginhost.PluginHostFixture.await;
import static io.drawbridge.pluginhost.PluginHostFixture.until;
import static io.drawbridge.pluginhost.PluginJar.request;

import io.vertx.core.json.JsonObject;

/**
 * Versions of the plugin {@code noisy}, whose handler may hold its event loop, and the way there.
 */
final class NoisyPlugin {

  private NoisyPlugin() {}

  /** Three times a tenth of a second are too much, and nothing is on probation. */
  static void watch(PluginHostFixture house) {
    house.watchLoops();
    house.config.put("probation", new JsonObject().put("seconds", 0));
  }

  /** One whose handler of {@code noisy.ask} answers its version, after so many {@code ms}. */
  static PluginJar version(String version) {
    return version(version, "");
  }

  /** The same, with more for {@code open} to do. */
  static PluginJar version(String version, String open) {
    return PluginJar.plugin(
            "noisy",
            request("noisy.ask"),
            """
            private static JsonObject hold(long millis) {
              long end = System.nanoTime() + millis * 1_000_000;
              while (System.nanoTime() < end) { Thread.onSpinWait(); }
              return new JsonObject().put("value", "%s");
            }
            @Override protected Future<?> open(PluginContext context) {
              Vertx vertx = context.vertx();
              context.handle("noisy.ask", (body, caller) ->
                  Future.succeededFuture(hold(body.getLong("ms", 0L))));
              %s
              return Future.succeededFuture();
            }
            """
                .formatted(version, open))
        .descriptor(
            PluginJar.descriptor("noisy", request("noisy.ask"), "")
                .replace("\"1.0.0\"", '"' + version + '"'));
  }

  /** One that does not start. */
  static PluginJar broken(String version) {
    return version(version, "if (true) throw new IllegalStateException(\"no luck\");");
  }

  /** One that starts when somebody publishes at {@code open.now}. */
  static PluginJar slow(String version) {
    return version(
        version,
        """
        Promise<Void> opened = Promise.promise();
        vertx.eventBus().consumer("open.now", message -> opened.tryComplete());
        if (true) return opened.future();""");
  }

  /** Holds its event loop until it is in quarantine. */
  static void quarantine(PluginHostFixture house) {
    for (int n = 0; n < 10 && house.status("noisy").state() == PluginState.RUNNING; n++) {
      await(house.askAs("s-1", "noisy.ask", new JsonObject().put("ms", 160)).otherwiseEmpty());
    }
    until(() -> house.status("noisy").state() == PluginState.QUARANTINED);
  }
}
