package io.drawbridge.launcher;

import io.drawbridge.config.Mistake;
import io.drawbridge.config.Settings;
import io.drawbridge.config.SettingsCheck;
import io.drawbridge.permission.LivePermissions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Reads all settings as a start would, and names every mistake. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = "Reads the settings and names every mistake; exit code 0 or 2.",
    sortOptions = false)
final class CheckCommand implements Callable<Integer> {

  @Mixin SettingsOptions options = new SettingsOptions();

  @Override
  public Integer call() {
    Path directory = options.existing(Home.locate());
    SettingsCheck check = SettingsCheck.of(directory, System.getenv(), Map.of());
    List<String> mistakes =
        new ArrayList<>(check.mistakes().stream().map(Mistake::toString).toList());
    Settings settings = check.settings();
    if (settings != null) {
      mistakes.addAll(deeper(settings));
    }
    check.warnings().forEach(warning -> System.err.println("warning: " + warning));
    if (!mistakes.isEmpty()) {
      mistakes.forEach(System.err::println);
      return ExitCode.USAGE;
    }
    System.out.println("the settings in " + directory + " are fine");
    return ExitCode.STOPPED;
  }

  /** What only the rooms that use them can say: whether rules and schemas compile. */
  private static List<String> deeper(Settings settings) {
    try {
      new LivePermissions(settings.permissions());
      return List.of();
    } catch (IllegalArgumentException e) {
      return List.of(String.valueOf(e.getMessage()));
    }
  }
}
