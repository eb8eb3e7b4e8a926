package io.drawbridge.launcher;

import io.drawbridge.config.PluginsConfig;
import io.drawbridge.config.SchemaCheck;
import io.drawbridge.config.Settings;
import io.drawbridge.config.SettingsCheck;
import io.drawbridge.permission.LivePermissions;
import io.drawbridge.permission.TokenVerifiers;
import io.drawbridge.pluginhost.PluginSchemas;
import io.drawbridge.signin.SignIn;
import java.nio.file.Path;
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
    Home home = Home.locate();
    Path directory = options.existing(home);
    SettingsCheck check =
        SettingsCheck.of(directory, System.getenv(), settings -> schemas(home, settings))
            .and(settings -> new LivePermissions(settings.permissions()))
            .and(settings -> TokenVerifiers.check(settings.auth()))
            .and(settings -> SignIn.check(settings.auth()));
    check.warnings().forEach(warning -> System.err.println("warning: " + warning));
    check.mistakes().forEach(System.err::println);
    if (!check.mistakes().isEmpty()) {
      return ExitCode.USAGE;
    }
    System.out.println("the settings in " + directory + " are fine");
    return ExitCode.STOPPED;
  }

  /** What the plugins in the home's folder want their settings to be. */
  private static Map<String, SchemaCheck> schemas(Home home, Settings settings) {
    PluginsConfig plugins = settings.plugins();
    return PluginSchemas.of(plugins.in(home.path().resolve(plugins.directory())));
  }
}
