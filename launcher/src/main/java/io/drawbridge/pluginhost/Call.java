package io.drawbridge.pluginhost;

import io.drawbridge.plugin.Caller;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;

/**
 * One request on its way to a handler and back.
 *
 * @param deadline the {@link System#nanoTime} at which it is answered if nobody else did
 */
record Call(Message<?> message, JsonObject body, Caller caller, long deadline) {

  boolean overdue(long now) {
    return now - deadline >= 0;
  }

  /** Two calls are never the same one, whatever they say. */
  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
