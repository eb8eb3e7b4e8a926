package io.drawbridge.pluginhost.routing;

import io.drawbridge.plugin.Caller;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** One request on its way to a handler and back. Guarded by its {@link AddressQueue}. */
final class Call {

  final Message<?> message;
  final JsonObject body;
  final Caller caller;

  /** The generation whose schema the body has passed. */
  final Target checked;

  /** Whether the sender waits for an answer: decided by the kind of address that took the call. */
  final boolean answered;

  private final long deadline;

  /** The place in the order in which calls came to the address. */
  long place;

  /** The generation that it waits for, or that has begun it. */
  @Nullable Serving serving;

  Call(Message<?> message, JsonObject body, Caller caller, Target checked, boolean answered) {
    this.message = message;
    this.body = body;
    this.caller = caller;
    this.checked = checked;
    this.answered = answered;
    this.deadline = System.nanoTime() + checked.patienceNanos();
  }

  boolean overdue(long now) {
    return now - deadline >= 0;
  }

  /** Whose calls keep their order: a browser's session, or all that comes from the cluster. */
  String sender() {
    String session = caller.session();
    return session == null ? "" : session;
  }
}
