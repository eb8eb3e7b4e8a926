package io.drawbridge.launcher;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** What a server says of a plugin, as a line for a person. */
final class PluginLines {

  private static final Set<String> SERVING = Set.of("running", "quarantined");
  private static final int INDENT = 21;

  private PluginLines() {}

  /** A line of the listing, and one more where a plugin that serves has something to tell. */
  static String listed(JsonObject plugin) {
    String error = plugin.getString("error");
    String addresses = addresses(plugin);
    boolean serves = SERVING.contains(plugin.getString("state", "")) && !addresses.isEmpty();
    return "%-20s %-10s %-11s %s%s%s"
        .formatted(
            plugin.getString("id"),
            plugin.getString("version") == null ? "-" : plugin.getString("version"),
            plugin.getString("state"),
            error == null || serves ? addresses : error,
            canary(plugin) + trial(plugin) + leaked(plugin),
            error != null && serves ? "\n" + " ".repeat(INDENT) + error : "");
  }

  private static String trial(JsonObject plugin) {
    JsonObject trial = plugin.getJsonObject("probation");
    return trial == null
        ? ""
        : " (on probation: %d of %d calls, %d s left)"
            .formatted(
                trial.getLong("calls"), trial.getInteger("needed"), trial.getLong("secondsLeft"));
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

  /** What came of a deployment. */
  static String deployed(JsonObject plugin) {
    JsonObject was = plugin.getJsonObject("was");
    boolean same =
        was != null
            && plugin.getJsonObject("canary") == null
            && Objects.equals(was.getInteger("generation"), plugin.getInteger("generation"))
            && Objects.equals(was.getString("state"), plugin.getString("state"));
    return same ? changed(plugin) + " already: the same bytes, the same settings" : changed(plugin);
  }

  /** What came of a change, and what ran before where that was another version. */
  static String changed(JsonObject plugin) {
    JsonObject was = plugin.getJsonObject("was");
    String version = plugin.getString("version");
    boolean tell =
        was != null
            && plugin.getJsonObject("canary") == null
            && SERVING.contains(was.getString("state", ""))
            && SERVING.contains(plugin.getString("state", ""))
            && !Objects.equals(was.getString("version"), version);
    return tell ? state(plugin) + ", was " + was.getString("version") : state(plugin);
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
