package io.drawbridge.launcher;

import io.drawbridge.config.HttpConfig;
import io.drawbridge.config.LogsConfig;
import io.drawbridge.config.Settings;
import io.drawbridge.pluginhost.DeployOptions;
import io.drawbridge.pluginhost.Deployment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts the server in the foreground and stays until it has stopped. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Starts the server in the foreground, or runs one of the commands below.",
    subcommands = {
      CheckCommand.class,
      NewPluginCommand.class,
      TokenCommand.class,
      PluginsCommand.class,
      HashPasswordCommand.class
    },
    sortOptions = false)
final class ServeCommand implements Callable<Integer> {

  /** Until the settings are read. */
  private static final Duration STOP_BUDGET = Duration.ofSeconds(9);

  @Option(names = "--port", paramLabel = "N", description = "listens there instead; 0: any free")
  @Nullable Integer port;

  @Option(names = "--host", paramLabel = "H", description = "listens on this address instead")
  @Nullable String host;

  @Mixin SettingsOptions settingsOptions = new SettingsOptions();

  @Option(
      names = "--plugins",
      paramLabel = "DIR",
      defaultValue = "${env:DRAWBRIDGE_PLUGINS}",
      description = "the folder with the plugins (default: plugins.directory of the settings)")
  @Nullable Path plugins;

  @Option(
      names = "--dev",
      paramLabel = "PROJECT",
      description = "deploys a plugin's project whenever it is compiled; can be repeated")
  List<Path> projects = List.of();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "${env:DRAWBRIDGE_DATA:-data}",
      description = "the folder for keys, database and logs (default: data)")
  Path data = Path.of("data");

  @Option(
      names = "--log",
      paramLabel = "WHERE",
      defaultValue = "${env:DRAWBRIDGE_LOG:-file}",
      description = "file: logs/ in the data folder (default); stderr: JSON lines, for containers")
  LogTarget log = LogTarget.FILE;

  /** Where the server's log goes. */
  enum LogTarget {
    FILE,
    STDERR
  }

  /** The settings, as the other options change them. */
  Settings settings(Home home) {
    Settings read = settingsOptions.read(home);
    HttpConfig http =
        read.http()
            .at(host == null ? read.http().host() : host, port == null ? read.http().port() : port);
    Path folder = plugins == null ? home.path().resolve(read.plugins().directory()) : plugins;
    return read.with(http).with(read.plugins().in(folder));
  }

  /** What the steps of a stop may take: the last tenth is for the process to end. */
  static Duration stopBudget(int stopSeconds) {
    return Duration.ofMillis(stopSeconds * 900L);
  }

  void openLogs(DataFolder folder, LogsConfig bounds) {
    if (log == LogTarget.STDERR) {
      Logs.toStderrAsJson(bounds);
    } else {
      Logs.toFiles(folder.path().resolve("logs"), bounds);
    }
  }

  /** Whoever writes a plugin waits for this line, or for an error. */
  void deployed(Deployment change) {
    if (change.by().equals(DeployOptions.DEVELOPMENT) && change.error() == null) {
      System.out.println(change.plugin() + " " + change.version() + " runs");
    }
  }

  @Override
  public Integer call() throws InterruptedException {
    Signals signals = new Signals();
    signals.listen();
    Shutdown shutdown = new Shutdown(STOP_BUDGET);
    try {
      String url = new Startup(this, shutdown).run();
      System.out.println("ready " + url);
      signals.await();
    } finally {
      shutdown.run();
      Logs.flush();
    }
    return ExitCode.STOPPED;
  }
}
