package io.drawbridge.launcher;

import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sends a plugin's jar to a running server. */
@Command(
    name = "deploy",
    mixinStandardHelpOptions = true,
    description = "Deploys a plugin, or the next version of one, and waits until it runs.",
    sortOptions = false)
final class DeployCommand implements Callable<Integer> {

  private static final int MOST_PERCENT = 99;

  @Parameters(paramLabel = "FILE", description = "the plugin's jar")
  Path file = Path.of("");

  @Option(
      names = "--canary",
      paramLabel = "PERCENT",
      description = "serves this share of the subjects first, 1 to 99; see promote and abort")
  @Nullable Integer canary;

  @Option(names = "--force", description = "deploys even if it breaks clients of what runs")
  boolean force;

  @Mixin AdminOptions options = new AdminOptions();

  @Override
  public Integer call() {
    check();
    String query = (canary == null ? "" : "canary=" + canary + "&") + "force=" + force;
    JsonObject status = options.client().upload(PluginsCommand.PATH + "?" + query, file);
    options.out().println(options.json ? status.encodePrettily() : PluginLines.deployed(status));
    return ExitCode.STOPPED;
  }

  private void check() {
    if (Files.isDirectory(file)) {
      throw options.misuse(
          file
              + " is a folder: deploy takes one jar; put a folder of jars into the server's plugins"
              + " folder, or shade it into one jar");
    }
    if (!Files.isReadable(file)) {
      throw options.misuse(file + " can't be read: give the plugin's jar");
    }
    if (!String.valueOf(file.getFileName()).endsWith(".jar")) {
      throw options.misuse(file + " is no jar: give the one that the build made, target/ID.jar");
    }
    if (canary != null && (canary < 1 || canary > MOST_PERCENT)) {
      throw options.misuse("--canary must be a whole number from 1 to 99");
    }
  }
}
