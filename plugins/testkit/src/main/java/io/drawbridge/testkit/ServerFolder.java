package io.drawbridge.testkit;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The settings, plugins and data of a test's server, in a temporary folder. */
final class ServerFolder {

  private final ServerSettings settings = new ServerSettings();
  private final Map<String, JsonObject> ofPlugins = new HashMap<>();
  private @Nullable Path path;

  ServerSettings settings() {
    return settings;
  }

  void configure(String pluginId, JsonObject pluginSettings) {
    ofPlugins.put(pluginId, pluginSettings);
  }

  /** Writes everything and starts the server on it. */
  RunningServer start(List<PluginJar> plugins) throws IOException {
    Path folder = Files.createTempDirectory("drawbridge-test");
    path = folder;
    TestTokens tokens = new TestTokens();
    settings.writeTo(folder.resolve("conf"), tokens, ofPlugins);
    Path jars = Files.createDirectories(folder.resolve("plugins"));
    plugins.forEach(jar -> jar.writeTo(jars));
    ServerProcess process =
        ServerProcess.start(
            ServerHome.locate(), folder.resolve("conf"), jars, folder.resolve("data"));
    return new RunningServer(process, tokens, new ServerLog(folder.resolve("data/logs")));
  }

  void delete() throws IOException {
    if (path != null) {
      ServerHome.delete(path);
      path = null;
    }
  }
}
