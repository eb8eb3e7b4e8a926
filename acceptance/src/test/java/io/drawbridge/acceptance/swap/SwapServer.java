package io.drawbridge.acceptance.swap;

import io.drawbridge.acceptance.ServerProcess;
import io.drawbridge.bench.ProcessFigures;
import io.drawbridge.bench.swap.Deployer;
import io.drawbridge.bench.swap.SwapLoad;
import io.drawbridge.bench.swap.SwapPlugin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A server of a test's own, with an empty plugins folder, and the ways to its plugins. */
final class SwapServer implements AutoCloseable {

  private static final String SETTINGS =
      """
      {
        "permissions": [%s],
        "limits": {"connections": 20000, "connectionsPerIp": 20000},
        "plugins": {%s}
      }
      """;

  /** Room for all that a machine which is busy with other things may let pile up. */
  private static final String ROOM = "\"inFlight\": 4096, \"queue\": 100000, \"workers\": 32";

  private final Path folder;
  private ServerProcess process;

  private SwapServer(Path folder) {
    this.folder = folder;
    this.process = launch();
  }

  static SwapServer start(Path folder) throws IOException {
    return start(folder, "");
  }

  /** As above, with further keys of the settings of plugins. */
  static SwapServer start(Path folder, String moreOfPlugins) throws IOException {
    Path conf = Files.createDirectories(folder.resolve("conf"));
    Files.writeString(
        conf.resolve("drawbridge.json"),
        SETTINGS.formatted(
            SwapPlugin.PERMISSION, moreOfPlugins.isEmpty() ? ROOM : ROOM + ", " + moreOfPlugins));
    Files.writeString(conf.resolve("users.json"), "{\"users\": []}");
    Files.createDirectories(folder.resolve("plugins"));
    return new SwapServer(folder);
  }

  private ServerProcess launch() {
    return ServerProcess.start(
        data(), "--conf", folder.resolve("conf").toString(), "--plugins", plugins().toString());
  }

  Path data() {
    return folder.resolve("data");
  }

  /** The watched folder. */
  Path plugins() {
    return folder.resolve("plugins");
  }

  Deployer deployer() {
    return new Deployer(process.url(), process.token("carol", "drawbridge:admin"));
  }

  /** A load of a few sessions. */
  SwapLoad load(SwapLoad.Rates rates) throws IOException {
    return SwapLoad.start(process.port(), 8, 2, rates);
  }

  ProcessFigures figures() {
    return new ProcessFigures(process.pid());
  }

  /** Everything that the server has printed so far. */
  String output() {
    return process.output();
  }

  /** Ends it as a power cut would, and starts it again on the same folders. */
  void killAndRestart() {
    process.kill();
    ServerProcess killed = process;
    process = launch();
    killed.close();
  }

  @Override
  public void close() {
    process.close();
  }
}
