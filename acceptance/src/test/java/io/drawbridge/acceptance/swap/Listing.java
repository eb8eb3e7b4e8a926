package io.drawbridge.acceptance.swap;

import io.drawbridge.bench.swap.Deployer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** What the server says of its plugins, for those who wait until it says something. */
final class Listing {

  private static final Duration BOUND = Duration.ofSeconds(30);
  private static final Duration BETWEEN = Duration.ofMillis(50);

  private Listing() {}

  /** Waits until one of the plugins is as told. */
  static void awaitAny(Deployer deployer, Predicate<JsonObject> plugin) throws Exception {
    await(deployer, plugins -> plugins.stream().anyMatch(plugin));
  }

  static void await(Deployer deployer, Predicate<List<JsonObject>> condition) throws Exception {
    long end = System.nanoTime() + BOUND.toNanos();
    List<JsonObject> plugins = deployer.plugins();
    while (!condition.test(plugins)) {
      if (System.nanoTime() > end) {
        throw new AssertionError("in " + BOUND + " the listing came to no more than " + plugins);
      }
      LockSupport.parkNanos(BETWEEN.toNanos());
      plugins = deployer.plugins();
    }
  }

  static boolean runs(JsonObject plugin, String version) {
    return "running".equals(plugin.getString("state"))
        && version.equals(plugin.getString("version"));
  }

  static boolean says(JsonObject plugin, String words) {
    String error = plugin.getString("error");
    return error != null && error.contains(words);
  }
}
