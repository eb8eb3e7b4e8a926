package io.drawbridge.launcher;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a server says of a plugin, as a line for a person. */
final class PluginLines {

  private PluginLines() {}

  /** A line of the listing. */
  static String listed(JsonObject plugin) {
    return "%-20s %-10s %-11s %s%s"
        .formatted(
            plugin.getString("id"),
            plugin.getString("version") == null ? "-" : plugin.getString("version"),
            plugin.getString("state"),
            plugin.getString("error") == null ? addresses(plugin) : plugin.getString("error"),
            canary(plugin) + leaked(plugin));
  }

  private static String leaked(JsonObject plugin) {
    int versions = plugin.getInteger("leaked", 0);
    return versions == 0
        ? ""
        : " (%d ended and still in memory: the log names what holds it)".formatted(versions);
  }

  private static String addresses(JsonObject plugin) {
    JsonArray addresses = plugin.getJsonArray("addresses", new JsonArray());
    return addresses.stream().map(String::valueOf).collect(Collectors.joining(" "));
  }

  private static String canary(JsonObject plugin) {
    JsonObject canary = plugin.getJsonObject("canary");
    return canary == null
        ? ""
        : " (canary %s: %d %%)"
            .formatted(canary.getString("version"), canary.getInteger("percent"));
  }

  /** What came of a change; {@code was} is the version before, where that is worth telling. */
  static String changed(JsonObject plugin, @Nullable String was) {
    String line = state(plugin);
    return was == null || was.equals(plugin.getString("version")) ? line : line + ", was " + was;
  }

  private static String state(JsonObject plugin) {
    String id = plugin.getString("id");
    String version = plugin.getString("version");
    JsonObject canary = plugin.getJsonObject("canary");
    if (canary != null) {
      return "%s %s is a canary for %d %% of the subjects beside %s: promote or abort it"
          .formatted(id, canary.getString("version"), canary.getInteger("percent"), version);
    }
    return switch (plugin.getString("state", "")) {
      case "running" ->
          "%s %s runs (generation %d)".formatted(id, version, plugin.getInteger("generation"));
      case "stopped" -> (version == null ? id : id + " " + version) + " is undeployed";
      default -> "%s %s is %s".formatted(id, version, plugin.getString("state"));
    };
  }
}
