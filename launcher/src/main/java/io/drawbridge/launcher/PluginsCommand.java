package io.drawbridge.launcher;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Asks a running server about its plugins. */
@Command(
    name = "plugins",
    mixinStandardHelpOptions = true,
    description = "Asks the running server about its plugins.",
    subcommands = PluginsCommand.ListCommand.class)
final class PluginsCommand implements Callable<Integer> {

  @Override
  public Integer call() {
    return new ListCommand().call();
  }

  /** Lists them. */
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists the plugins, their state, and why one doesn't run.",
      sortOptions = false)
  static final class ListCommand implements Callable<Integer> {

    @Option(names = "--json", description = "prints what the server answers, for scripts")
    boolean json;

    @Option(names = "--url", paramLabel = "URL", description = "asks the server there")
    @Nullable URI url;

    @Option(
        names = "--token",
        paramLabel = "JWT",
        defaultValue = "${env:DRAWBRIDGE_TOKEN}",
        description = "a token that grants drawbridge:admin; with --url (or $DRAWBRIDGE_TOKEN)")
    @Nullable String token;

    @Option(
        names = "--data",
        paramLabel = "DIR",
        defaultValue = "${env:DRAWBRIDGE_DATA:-data}",
        description = "asks the server of this data folder (default: data)")
    Path data = Path.of("data");

    @Override
    public Integer call() {
      JsonArray plugins = AdminClient.of(data, url, token).get("/admin/api/plugins");
      if (json) {
        System.out.println(plugins.encodePrettily());
      } else {
        print(plugins, System.out);
      }
      return ExitCode.STOPPED;
    }

    private static void print(JsonArray plugins, PrintStream out) {
      if (plugins.isEmpty()) {
        out.println("no plugins");
      }
      for (Object each : plugins) {
        JsonObject plugin = (JsonObject) each;
        String addresses =
            plugin.getJsonArray("addresses").stream()
                .map(String::valueOf)
                .collect(Collectors.joining(" "));
        String error = plugin.getString("error");
        out.printf(
            "%-20s %-10s %-8s %s%n",
            plugin.getString("id"),
            plugin.getString("version", "-"),
            plugin.getString("state"),
            error == null ? addresses : error);
      }
    }
  }
}
