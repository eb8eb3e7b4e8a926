package io.drawbridge.launcher;

import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The commands that change a plugin by its id: they differ in a word. */
abstract class PluginChange implements Callable<Integer> {

  private final String method;
  private final String word;

  @Parameters(paramLabel = "ID", description = "the plugin's id, as list shows it")
  String id = "";

  @Mixin AdminOptions options = new AdminOptions();

  private PluginChange(String method, String word) {
    this.method = method;
    this.word = word;
  }

  @Override
  public Integer call() {
    // A space is %20 in a path, and + only in a query.
    String escaped = URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
    JsonObject status = options.client().change(method, PluginsCommand.PATH + "/" + escaped + word);
    options.out().println(options.json ? status.encodePrettily() : PluginLines.changed(status));
    return ExitCode.STOPPED;
  }

  /** Stops one, over restarts too. */
  @Command(
      name = "undeploy",
      mixinStandardHelpOptions = true,
      description = "Stops a plugin once it has finished what it took; it stays so over restarts.",
      sortOptions = false)
  static final class Undeploy extends PluginChange {
    Undeploy() {
      super("DELETE", "");
    }
  }

  /** Goes back a version. */
  @Command(
      name = "rollback",
      mixinStandardHelpOptions = true,
      description = "Goes back to the version that ran before.",
      sortOptions = false)
  static final class Rollback extends PluginChange {
    Rollback() {
      super("POST", "/rollback");
    }
  }

  /** Lets a canary serve everybody. */
  @Command(
      name = "promote",
      mixinStandardHelpOptions = true,
      description = "Lets the canary serve everybody.",
      sortOptions = false)
  static final class Promote extends PluginChange {
    Promote() {
      super("POST", "/promote");
    }
  }

  /** Takes a canary back. */
  @Command(
      name = "abort",
      mixinStandardHelpOptions = true,
      description = "Takes the canary back.",
      sortOptions = false)
  static final class Abort extends PluginChange {
    Abort() {
      super("POST", "/abort");
    }
  }

  /** Ends a quarantine. */
  @Command(
      name = "lift",
      mixinStandardHelpOptions = true,
      description = "Ends the quarantine of a plugin.",
      sortOptions = false)
  static final class Lift extends PluginChange {
    Lift() {
      super("POST", "/lift");
    }
  }
}
