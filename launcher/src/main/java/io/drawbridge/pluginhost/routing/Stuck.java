package io.drawbridge.pluginhost.routing;

import java.util.List;

/**
 * A handler that holds an event loop.
 *
 * @param strikes how many times the bound it has held it since this was last asked
 * @param millis how long it has been inside
 * @param stack where its thread is, the innermost call first
 */
public record Stuck(
    String plugin, String address, int strikes, long millis, List<StackTraceElement> stack) {

  public Stuck {
    stack = List.copyOf(stack);
  }
}
