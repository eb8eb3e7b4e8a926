package io.drawbridge.ops;

import io.drawbridge.pluginhost.DeployOptions;
import io.drawbridge.pluginhost.PluginState;
import io.drawbridge.pluginhost.PluginStatus;
import io.vertx.core.Future;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A host that runs nothing: it notes what it was asked and answers what the test wants. */
final class FakePlugins {

  final List<String> asked = new CopyOnWriteArrayList<>();
  volatile Future<PluginStatus> outcome = Future.succeededFuture(running("greet", "1.1.0"));
  volatile byte[] deployed = {};
  volatile List<PluginStatus> list = List.of(running("greet", "1.0.0"));

  static PluginStatus running(String id, String version) {
    return new PluginStatus(
        id,
        version,
        "ab12",
        PluginState.RUNNING,
        2,
        List.of(id + ".hello"),
        true,
        "1.0.0",
        new PluginStatus.Canary("2.0.0", 10),
        null,
        1,
        new PluginStatus.Trial(3, 50, 40));
  }

  PluginOperations operations() {
    return new PluginOperations(
        () -> list,
        this::deploy,
        (id, by) -> note("undeploy", id, by),
        Map.of(
            "rollback", (id, by) -> note("rollback", id, by),
            "promote", (id, by) -> note("promote", id, by),
            "abort", (id, by) -> note("abort", id, by),
            "lift", (id, by) -> note("lift", id, by)));
  }

  private Future<PluginStatus> deploy(Path jar, DeployOptions options) {
    try {
      deployed = Files.readAllBytes(jar);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    asked.add("deploy " + jar.getFileName() + " " + options);
    return outcome;
  }

  private Future<PluginStatus> note(String change, String id, String by) {
    asked.add(change + " " + id + " by " + by);
    return outcome;
  }
}
