package io.drawbridge.launcher;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Asks a running server about its plugins, and has it change them. */
@Command(
    name = "plugins",
    mixinStandardHelpOptions = true,
    description = "Lists and changes the plugins of the running server.",
    subcommands = {
      PluginsCommand.ListCommand.class,
      DeployCommand.class,
      PluginChange.Undeploy.class,
      PluginChange.Rollback.class,
      PluginChange.Promote.class,
      PluginChange.Abort.class,
      PluginChange.Lift.class
    },
    sortOptions = false)
final class PluginsCommand implements Callable<Integer> {

  static final String PATH = "/admin/api/plugins";

  @Mixin AdminOptions options = new AdminOptions();

  @Override
  public Integer call() {
    return list(options);
  }

  /** Lists them. */
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists the plugins, their state, and why one doesn't run.",
      sortOptions = false)
  static final class ListCommand implements Callable<Integer> {

    @Mixin AdminOptions options = new AdminOptions();

    @Override
    public Integer call() {
      return list(options);
    }
  }

  private static int list(AdminOptions options) {
    JsonArray plugins = options.client().list(PATH);
    if (options.json) {
      options.out().println(plugins.encodePrettily());
    } else if (plugins.isEmpty()) {
      options.out().println("no plugins");
    } else {
      plugins.forEach(each -> options.out().println(PluginLines.listed((JsonObject) each)));
    }
    return ExitCode.STOPPED;
  }
}
