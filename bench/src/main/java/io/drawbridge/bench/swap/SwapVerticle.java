package io.drawbridge.bench.swap;

import io.drawbridge.plugin.Caller;
import io.drawbridge.plugin.HandlerException;
import io.drawbridge.plugin.HandlerVerticle;
import io.drawbridge.plugin.PluginContext;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** The plugin that is swapped; what it does with a request, and how it starts, are its settings. */
public final class SwapVerticle extends HandlerVerticle {

  private static final Duration LATE = Duration.ofMillis(500);

  private final SwapTally asked = SwapTally.of(SwapPlugin.ASK);
  private final SwapTally told = SwapTally.of(SwapPlugin.TELL);
  private String version = "";

  @Override
  protected Future<?> open(PluginContext context) {
    JsonObject settings = context.settings();
    version = settings.getString("version");
    Duration time = Duration.ofMillis(settings.getLong("millis"));
    Work work = work(settings.getString("work"), time, context);
    context.handle(SwapPlugin.ASK, (body, caller) -> ask(body, work));
    context.handle(SwapPlugin.TELL, this::tell);
    context.handle(
        SwapPlugin.TALLY,
        (body, caller) -> Future.succeededFuture(SwapTally.report(body.getString("prefix"))));
    return switch (settings.getString("start")) {
      case "throws" -> throw new IllegalStateException("no start today");
      case "never" -> Promise.promise().future();
      case "late" -> after(LATE, context);
      default -> Future.succeededFuture();
    };
  }

  private Future<JsonObject> ask(JsonObject body, Work work) {
    long number = count(asked, body);
    return work.done().map(any -> new JsonObject().put("number", number).put("version", version));
  }

  private Future<JsonObject> tell(JsonObject body, Caller caller) {
    count(told, body);
    return Future.succeededFuture();
  }

  private long count(SwapTally tally, JsonObject body) {
    long number = body.getLong("number");
    tally.call(body.getString("sender"), number, version);
    return number;
  }

  private static Work work(String kind, Duration time, PluginContext context) {
    return switch (kind) {
      case "wait" -> () -> after(time, context);
      case "await" -> () -> Future.succeededFuture(after(time, context).await());
      case "block" -> () -> block(time);
      case "query" -> () -> context.pool().query("SELECT 1").execute();
      case "fail" -> SwapVerticle::fails;
      case "fail-fifth" -> failFifth();
      default -> Future::succeededFuture;
    };
  }

  private static Work failFifth() {
    AtomicInteger asked = new AtomicInteger();
    return () -> asked.incrementAndGet() % 5 == 0 ? fails() : Future.succeededFuture();
  }

  private static Future<?> fails() {
    return Future.failedFuture(new HandlerException(555, "fails as it is told to"));
  }

  private static Future<?> after(Duration time, PluginContext context) {
    Promise<Void> over = Promise.promise();
    context.after(time, over::complete);
    return over.future();
  }

  /** Holds the thread, as code without futures does. */
  private static Future<?> block(Duration time) {
    try {
      Thread.sleep(time.toMillis());
      return Future.succeededFuture();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Future.failedFuture(e);
    }
  }

  /** What a request costs before it is answered. */
  private interface Work {
    Future<?> done();
  }
}
