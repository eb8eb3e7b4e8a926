package io.drawbridge.pluginhost.routing;

import io.drawbridge.plugin.Caller;
import io.drawbridge.plugin.HandlerException;
import io.drawbridge.pluginhost.contract.PluginDescriptor.Address;
import io.drawbridge.pluginhost.contract.PluginDescriptor.Kind;
import io.drawbridge.protocol.FailureCode;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One address that a plugin serves: checks what comes, hands it on, and answers every request. */
final class ServedAddress {

  private static final Logger LOGGER = LoggerFactory.getLogger(ServedAddress.class);
  private static final int CALLERS = 256;
  private static final int PLUGINS_OWN_FAULT = 500;
  private static final int AFTER_PLUGINS_OWN_FAULT = 600;

  private final String address;
  private final PluginRoute route;
  private final Callers callers = new Callers(CALLERS);
  private final AddressQueue queue;

  ServedAddress(String address, PluginRoute route) {
    this.address = address;
    this.route = route;
    this.queue = new AddressQueue(address, route, this::start);
  }

  String address() {
    return address;
  }

  AddressQueue queue() {
    return queue;
  }

  /** Takes a message from the bus, on the host's event loop. */
  void receive(Message<Object> message) {
    Caller caller;
    try {
      caller = callers.of(message.headers());
    } catch (IllegalArgumentException e) {
      message.fail(FailureCode.BAD_REQUEST.code(), e.getMessage());
      return;
    }
    Split split = route.split();
    Target target = split.pick(caller);
    Address described = target == null ? null : target.address(address);
    if (target == null || described == null) {
      message.fail(FailureCode.NO_HANDLERS.code(), text(FailureCode.NO_HANDLERS));
      return;
    }
    JsonObject body = bodyOf(message, described);
    if (body != null) {
      boolean answered = described.kind() == Kind.REQUEST;
      offer(new Call(message, body, caller, target, answered));
    }
  }

  private void offer(Call call) {
    FailureCode refusal = queue.offer(call);
    if (refusal != null) {
      call.message.fail(refusal.code(), text(refusal));
    } else if (!call.answered) {
      call.message.reply(null);
    }
  }

  /** The body as an object; null if it has been refused. */
  private @Nullable JsonObject bodyOf(Message<Object> message, Address described) {
    Object body = message.body();
    if (body != null && !(body instanceof JsonObject)) {
      message.fail(FailureCode.BAD_REQUEST.code(), address + " takes a JSON object as its body");
      return null;
    }
    JsonObject object = body == null ? new JsonObject() : (JsonObject) body;
    String violation = violation(object, described);
    if (violation != null) {
      message.fail(FailureCode.BAD_REQUEST.code(), violation);
      return null;
    }
    return object;
  }

  private static @Nullable String violation(JsonObject body, @Nullable Address described) {
    return described == null || described.body() == null ? null : described.body().violation(body);
  }

  private String text(FailureCode refusal) {
    return switch (refusal) {
      case LIMIT ->
          address + " has more requests waiting than it may: try again later, and less often";
      case NO_HANDLERS -> "no plugin serves " + address + " at the moment";
      default ->
          "the plugin that serves "
              + address
              + (route.split().shut()
                  ? " is in quarantine: it serves again when its operators lift that"
                  : " is stopping: try again in a moment");
    };
  }

  /** The border to the plugin's code, on the instance's context: whatever it throws ends here. */
  private void start(Call call, Target target, Lane lane) {
    String violation =
        call.checked == target ? null : violation(call.body, target.address(address));
    if (violation != null) {
      if (queue.end(call)) {
        refuse(call, FailureCode.BAD_REQUEST.code(), violation);
      }
      return;
    }
    long begun = System.nanoTime();
    Future<JsonObject> result;
    lane.enter();
    try {
      result = lane.handler.handle(call.body, call.caller);
    } catch (Throwable e) {
      result = Future.failedFuture(e);
    } finally {
      lane.leave();
    }
    if (result == null) {
      result = Future.failedFuture("the handler returned null and no future");
    }
    result.onComplete(outcome -> finish(call, target, outcome, begun));
  }

  private void finish(Call call, Target target, AsyncResult<JsonObject> outcome, long begun) {
    if (!queue.end(call)) {
      return;
    }
    int code = outcome.failed() ? fail(call, outcome.cause()) : reply(call, outcome.result());
    boolean failed =
        code == FailureCode.HANDLER_FAILED.code()
            || (code >= PLUGINS_OWN_FAULT && code < AFTER_PLUGINS_OWN_FAULT);
    route.ended(target, failed, System.nanoTime() - begun);
  }

  /** Sends the reply; 0, or the code that the sender was told instead. */
  private int reply(Call call, @Nullable JsonObject body) {
    if (!call.answered) {
      return 0;
    }
    if (body == null) {
      return fail(call, new NullPointerException("the handler's future holds null, not a reply"));
    }
    try {
      call.message.reply(body);
      return 0;
    } catch (RuntimeException e) {
      return fail(call, e);
    }
  }

  private int fail(Call call, Throwable cause) {
    if (cause instanceof HandlerException refusal && !FailureCode.reserved(refusal.code())) {
      return refuse(call, refusal.code(), String.valueOf(refusal.getMessage()));
    }
    LOGGER
        .atError()
        .addKeyValue("plugin", route.plugin())
        .addKeyValue("address", address)
        .setCause(cause)
        .log("a handler failed");
    return refuse(call, FailureCode.HANDLER_FAILED.code(), "the handler of " + address + " failed");
  }

  /** Whoever sent an event has been told already that it was taken. */
  private static int refuse(Call call, int code, String text) {
    if (call.answered) {
      call.message.fail(code, text);
    }
    return code;
  }

  /** Answers what has taken too long. */
  void sweep(long now) {
    queue.sweep(now, this::late);
  }

  private void late(Call call) {
    LOGGER
        .atWarn()
        .addKeyValue("plugin", route.plugin())
        .addKeyValue("address", address)
        .log("a handler did not answer in time");
    if (call.serving != null) {
      route.ended(call.serving.target, true, call.checked.patienceNanos());
    }
    String text = "the handler of " + address + " did not answer in time";
    refuse(call, FailureCode.TIMEOUT.code(), text);
  }

  /** Tells a sender that its call won't be answered by the generation that took it. */
  void draining(Call call) {
    refuse(call, FailureCode.DRAINING.code(), text(FailureCode.DRAINING));
  }
}
