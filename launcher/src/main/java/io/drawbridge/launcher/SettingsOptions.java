package io.drawbridge.launcher;

import io.drawbridge.config.ConfigException;
import io.drawbridge.config.Settings;
import io.drawbridge.config.SettingsReader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which settings to read; for every command that does. */
final class SettingsOptions {

  @Option(
      names = "--conf",
      paramLabel = "DIR",
      defaultValue = "${env:DRAWBRIDGE_CONF}",
      description = "the folder with the settings")
  @Nullable Path conf;

  /** The one that was named, or the home's. */
  private Path directory(Home home) {
    return conf == null ? home.conf() : conf;
  }

  /** The same, after a look whether it is there. */
  Path existing(Home home) {
    Path directory = directory(home);
    if (!Files.isDirectory(directory)) {
      throw StartupException.misconfigured(
          "there is no folder " + directory + " with settings: name one with --conf");
    }
    return directory;
  }

  Settings read(Home home) {
    try {
      return SettingsReader.read(existing(home), System.getenv());
    } catch (ConfigException e) {
      throw StartupException.misconfigured(String.valueOf(e.getMessage()));
    }
  }
}
