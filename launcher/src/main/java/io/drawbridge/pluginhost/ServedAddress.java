package io.drawbridge.pluginhost;

import io.drawbridge.config.PluginsConfig;
import io.drawbridge.permission.Decision;
import io.drawbridge.plugin.HandlerException;
import io.drawbridge.pluginhost.contract.PluginDescriptor.Address;
import io.drawbridge.pluginhost.contract.PluginDescriptor.Kind;
import io.drawbridge.protocol.FailureCode;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One address that a plugin serves: checks what comes, hands it on, and answers every request. */
final class ServedAddress {

  private static final Logger LOGGER = LoggerFactory.getLogger(ServedAddress.class);

  private final String plugin;
  private final String address;
  private final boolean answers;
  private final Decision.@Nullable BodySchema schema;
  private final long patienceNanos;
  private final Callers callers;
  private final AddressQueue queue;

  ServedAddress(String plugin, Address description, List<Lane> lanes, PluginsConfig config) {
    this.plugin = plugin;
    this.address = description.address();
    this.answers = description.kind() == Kind.REQUEST;
    this.schema = description.body();
    this.patienceNanos = TimeUnit.SECONDS.toNanos(config.requestSeconds());
    this.callers = new Callers(config.inFlight());
    this.queue = new AddressQueue(config.inFlight(), config.queue(), lanes, this::start);
  }

  String address() {
    return address;
  }

  /** Takes a message from the bus, on the host's event loop. */
  void receive(Message<Object> message) {
    JsonObject body = bodyOf(message);
    if (body == null) {
      return;
    }
    Call call;
    try {
      long deadline = System.nanoTime() + patienceNanos;
      call = new Call(message, body, callers.of(message.headers()), deadline);
    } catch (IllegalArgumentException e) {
      message.fail(FailureCode.BAD_REQUEST.code(), e.getMessage());
      return;
    }
    FailureCode refusal = queue.offer(call);
    if (refusal != null) {
      message.fail(refusal.code(), refusal == FailureCode.LIMIT ? full() : stopping());
    } else if (!answers) {
      message.reply(null);
    }
  }

  /** The body as an object; null if it has been refused. */
  private @Nullable JsonObject bodyOf(Message<Object> message) {
    Object body = message.body();
    if (body != null && !(body instanceof JsonObject)) {
      message.fail(FailureCode.BAD_REQUEST.code(), address + " takes a JSON object as its body");
      return null;
    }
    JsonObject object = body == null ? new JsonObject() : (JsonObject) body;
    String violation = schema == null ? null : schema.violation(object);
    if (violation != null) {
      message.fail(FailureCode.BAD_REQUEST.code(), "the body breaks the schema at " + violation);
      return null;
    }
    return object;
  }

  private String full() {
    return address + " has more requests waiting than it may: try again later, and less often";
  }

  private String stopping() {
    return "the plugin that serves " + address + " is stopping: try again in a moment";
  }

  /** The border to the plugin's code, on the instance's context: whatever it throws ends here. */
  private void start(Call call, Lane lane) {
    Future<JsonObject> result;
    try {
      result = lane.handler.handle(call.body(), call.caller());
    } catch (Throwable e) {
      result = Future.failedFuture(e);
    }
    if (result == null) {
      result = Future.failedFuture("the handler returned null and no future");
    }
    result.onComplete(outcome -> finish(call, outcome));
  }

  private void finish(Call call, AsyncResult<JsonObject> outcome) {
    if (!queue.end(call)) {
      return;
    }
    if (outcome.failed()) {
      fail(call, outcome.cause());
    } else if (answers) {
      reply(call, outcome.result());
    }
  }

  private void reply(Call call, @Nullable JsonObject body) {
    if (body == null) {
      fail(call, new NullPointerException("the handler's future holds null, not a reply"));
      return;
    }
    try {
      call.message().reply(body);
    } catch (RuntimeException e) {
      fail(call, e);
    }
  }

  private void fail(Call call, Throwable cause) {
    if (cause instanceof HandlerException refusal && !FailureCode.reserved(refusal.code())) {
      refuse(call, refusal.code(), String.valueOf(refusal.getMessage()));
      return;
    }
    LOGGER
        .atError()
        .addKeyValue("plugin", plugin)
        .addKeyValue("address", address)
        .setCause(cause)
        .log("a handler failed");
    refuse(call, FailureCode.HANDLER_FAILED.code(), "the handler of " + address + " failed");
  }

  /** Whoever sent an event has been told already that it was taken. */
  private void refuse(Call call, int code, String text) {
    if (answers) {
      call.message().fail(code, text);
    }
  }

  /** Answers what has taken too long. */
  void sweep(long now) {
    queue.sweep(now, this::late);
  }

  private void late(Call call) {
    LOGGER
        .atWarn()
        .addKeyValue("plugin", plugin)
        .addKeyValue("address", address)
        .log("a handler did not answer in time");
    String text = "the handler of " + address + " did not answer in time";
    refuse(call, FailureCode.TIMEOUT.code(), text);
  }

  /** Whether nothing waits and nothing is under way. */
  boolean idle() {
    return queue.idle();
  }

  /** Refuses whatever has not been answered. */
  void close() {
    queue.close(call -> refuse(call, FailureCode.DRAINING.code(), stopping()));
  }
}
